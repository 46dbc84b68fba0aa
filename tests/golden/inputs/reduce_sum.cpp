#include <ring/kernel.h>

RING_GLOBAL(.block = {128})
void reduce_sum(ring::span<const float> in, ring::span<float> out) {
  RING_SHARED float partial[128];
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  partial[t] = i < in.size() ? in[i] : 0.0f;
  ring::barrier();
  for (unsigned width = 64; width > 0; width /= 2) {
    if (t < width) partial[t] += partial[t + width];
    ring::barrier();
  }
  if (t == 0) ring::atomic_add(out[0], partial[0]);
}
