struct saxpy_params {
  x_size: u32,
  y_size: u32,
  a: f32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<storage, read> params: saxpy_params;

@compute @workgroup_size(256)
fn saxpy(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let i = global_id.x;
  if (i >= params.y_size) { return; }
  y[i] = params.a * x[min(i, params.x_size - 1u)] + y[i];
}
