// A17. Bitonic sort of keys with their values: whole blocks in shared memory, longer runs through
// global memory.
#include <ring/kernel.h>

constexpr std::uint32_t kBlock = 128;
constexpr std::uint32_t kChunk = 2 * kBlock; // elements that a block sorts

namespace {

template <class T> void swap(T& a, T& b) {
  const T old = a;
  a = b;
  b = old;
}

/// Puts the pair of thread `t` at distance `stride` in order; `ascending` says which order.
void compare_exchange(std::uint32_t& key_a, std::uint32_t& key_b, std::uint32_t& value_a,
                      std::uint32_t& value_b, bool ascending) {
  if ((key_a > key_b) != ascending) return;
  swap(key_a, key_b);
  swap(value_a, value_b);
}

/// First element of the pair that thread `t` handles when pairs are `stride` apart.
constexpr std::uint32_t first_of_pair(std::uint32_t t, std::uint32_t stride) {
  return 2 * t - (t & (stride - 1));
}

} // namespace

/// Sorts each chunk of 256, even ones ascending and odd ones descending, as the merges need. Sizes
/// are multiples of 256.
RING_GLOBAL(.block = {kBlock})
void sort_chunks(ring::span<std::uint32_t> keys, ring::span<std::uint32_t> values) {
  RING_SHARED std::uint32_t chunk_keys[kChunk];
  RING_SHARED std::uint32_t chunk_values[kChunk];
  const auto t = ring::thread_id().x;
  const std::uint32_t start = ring::block_id().x * kChunk;

  for (std::uint32_t i = t; i < kChunk; i += kBlock) {
    chunk_keys[i] = keys[start + i];
    chunk_values[i] = values[start + i];
  }
  for (std::uint32_t size = 2; size <= kChunk; size *= 2) {
    for (std::uint32_t stride = size / 2; stride > 0; stride /= 2) {
      ring::barrier();
      const std::uint32_t a = first_of_pair(t, stride);
      const std::uint32_t b = a + stride;
      const bool ascending = ((start + a) & size) == 0;
      compare_exchange(chunk_keys[a], chunk_keys[b], chunk_values[a], chunk_values[b], ascending);
    }
  }
  ring::barrier();
  for (std::uint32_t i = t; i < kChunk; i += kBlock) {
    keys[start + i] = chunk_keys[i];
    values[start + i] = chunk_values[i];
  }
}

/// One step of merging runs of `size`; the host goes through the strides. The size of the array is
/// a power of two.
RING_GLOBAL(.block = {kBlock})
void merge_step(ring::span<std::uint32_t> keys, ring::span<std::uint32_t> values,
                std::uint32_t size, std::uint32_t stride) {
  const std::uint32_t a = first_of_pair(ring::global_id().x, stride);
  const std::uint32_t b = a + stride;
  if (b >= keys.size()) return;
  compare_exchange(keys[a], keys[b], values[a], values[b], (a & size) == 0);
}
