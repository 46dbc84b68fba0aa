// A5. Sum of an array: a tree in shared memory, then one atomic add a block.
#include <ring/kernel.h>

constexpr std::uint32_t kBlock = 256;

RING_GLOBAL(.block = {kBlock})
void reduce_sum(ring::span<const float> values, ring::span<float> total) {
  RING_SHARED float partial[kBlock];
  const auto i = ring::global_id().x;
  const auto t = ring::thread_id().x;

  partial[t] = i < values.size() ? values[i] : 0.0f;
  ring::barrier();

  for (std::uint32_t stride = kBlock / 2; stride > 0; stride /= 2) {
    if (t < stride) partial[t] += partial[t + stride];
    ring::barrier();
  }

  if (t == 0) ring::atomic_add(total[0], partial[0]);
}

/// Signed and unsigned sums in one pass; the squares wrap as their type does.
RING_GLOBAL(.block = {kBlock})
void reduce_sum_int(ring::span<const std::int32_t> values, ring::span<std::int32_t> total,
                    ring::span<std::uint32_t> total_of_squares) {
  RING_SHARED std::int32_t sums[kBlock];
  RING_SHARED std::uint32_t squares[kBlock];
  const auto i = ring::global_id().x;
  const auto t = ring::thread_id().x;

  const std::int32_t value = i < values.size() ? values[i] : 0;
  sums[t] = value;
  squares[t] = static_cast<std::uint32_t>(value) * static_cast<std::uint32_t>(value);
  ring::barrier();

  for (std::uint32_t stride = ring::block_dim().x >> 1; stride != 0; stride >>= 1) {
    if (t < stride) {
      sums[t] += sums[t + stride];
      squares[t] += squares[t + stride];
    }
    ring::barrier();
  }

  if (t == 0) {
    ring::atomic_add(total[0], sums[0]);
    ring::atomic_add(total_of_squares[0], squares[0]);
  }
}
