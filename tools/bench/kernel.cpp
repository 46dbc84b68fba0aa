#include <ring/kernel.h>

// Twenty lines: the sum of each block, and how many of its elements are above a limit.
RING_GLOBAL(.block = {256})
void block_sums(ring::span<const float> values, ring::span<float> sums, ring::span<unsigned> above,
                float limit) {
  RING_SHARED float partial[256];
  const auto lane = ring::thread_id().x;
  const auto i = ring::global_id().x;
  const float value = i < values.size() ? values[i] : 0.0f;
  if (value > limit) ring::atomic_add(above[0], 1u);
  partial[lane] = value;
  ring::barrier();
  for (unsigned stride = 128; stride > 0; stride /= 2) {
    if (lane < stride) partial[lane] += partial[lane + stride];
    ring::barrier();
  }
  if (lane == 0) sums[ring::block_id().x] = partial[0];
}
