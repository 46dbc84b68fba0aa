struct reduce_sum_params {
  in_size: u32,
  out_size: u32,
}

var<workgroup> partial: array<f32, 128>;

fn to_bits(x: f32) -> u32 {
  var x_1 = x;
  return bitcast<u32>(x_1);
}

fn same(a: f32, b: f32) -> bool {
  return to_bits(a) == to_bits(b);
}

@group(0) @binding(0) var<storage, read> in: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<atomic<u32>>;
@group(0) @binding(2) var<storage, read> params: reduce_sum_params;

@compute @workgroup_size(128)
fn reduce_sum(@builtin(local_invocation_id) thread_id: vec3<u32>, @builtin(global_invocation_id) global_id: vec3<u32>) {
  let t = thread_id.x;
  let i = global_id.x;
  partial[t] = select(0.0f, in[i], i < params.in_size);
  storageBarrier();
  workgroupBarrier();
  for (var width = 64u; width > 0u; width /= 2u) {
    if (t < width) {
      partial[t] += partial[t + width];
    }
    storageBarrier();
    workgroupBarrier();
  }
  if (t == 0u) {
    let value = partial[0];
    var old = 0.0f;
    if (0u < params.out_size) {
      let old_bits = atomicLoad(&out[0]);
      let old_1 = bitcast<f32>(old_bits);
      old = old_1;
    }
    let old_1 = old;
    var seen = old_1;
    loop {
      var found = 0.0f;
      if (0u < params.out_size) {
        let expected = bitcast<u32>(seen);
        let desired = bitcast<u32>(seen + value);
        var found_bits: u32;
        loop {
          let attempt = atomicCompareExchangeWeak(&out[0], expected, desired);
          found_bits = attempt.old_value;
          if (attempt.exchanged || found_bits != expected) { break; }
        }
        let found_1 = bitcast<f32>(found_bits);
        found = found_1;
      }
      let found_1 = found;
      if (same(found_1, seen)) { break; }
      seen = found_1;
    }
  }
}
