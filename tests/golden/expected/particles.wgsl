struct Vec3 {
  x: f32,
  y: f32,
  z: f32,
}

struct advance_params {
  particles_size: u32,
  dt: f32,
}

@group(0) @binding(0) var<storage, read_write> particles: array<u32>;
@group(0) @binding(1) var<storage, read> params: advance_params;

@compute @workgroup_size(64)
fn advance(@builtin(global_invocation_id) global_id: vec3<u32>) {
  let i = global_id.x;
  if (i >= params.particles_size) { return; }
  if (i32(particles[i * 7u + 3u] & 255u) != 0i) {
    var temporary = Vec3(params.dt * bitcast<f32>(particles[i * 7u + 4u]), params.dt * bitcast<f32>(particles[i * 7u + 5u]), params.dt * bitcast<f32>(particles[i * 7u + 6u]));
    let value = bitcast<f32>(particles[i * 7u]) + temporary.x;
    let value_1 = bitcast<f32>(particles[i * 7u + 1u]) + temporary.y;
    let value_2 = bitcast<f32>(particles[i * 7u + 2u]) + temporary.z;
    particles[i * 7u] = bitcast<u32>(value);
    particles[i * 7u + 1u] = bitcast<u32>(value_1);
    particles[i * 7u + 2u] = bitcast<u32>(value_2);
  }
}
