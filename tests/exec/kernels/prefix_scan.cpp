// A17. Prefix sums of any length in three launches: scan each block, scan the blocks' totals, add
// them back.
#include <ring/kernel.h>

constexpr std::uint32_t kBlock = 256;

/// Exclusive sums within each block of 256, and the total of each block (Hillis and Steele, two
/// buffers).
RING_GLOBAL(.block = {kBlock})
void scan_blocks(ring::span<const std::uint32_t> in, ring::span<std::uint32_t> out,
                 ring::span<std::uint32_t> totals) {
  RING_SHARED std::uint32_t sums[2][kBlock];
  const auto t = ring::thread_id().x;
  const std::size_t i = ring::global_id().x;

  const std::uint32_t mine = i < in.size() ? in[i] : 0;
  std::uint32_t from = 0;
  sums[from][t] = mine;
  ring::barrier();
  for (std::uint32_t reach = 1; reach < kBlock; reach *= 2) {
    const std::uint32_t to = 1 - from;
    sums[to][t] = sums[from][t] + (t >= reach ? sums[from][t - reach] : 0);
    from = to;
    ring::barrier();
  }
  if (i < out.size()) out[i] = sums[from][t] - mine;
  if (t == kBlock - 1) totals[ring::block_id().x] = sums[from][t];
}

RING_GLOBAL(.block = {kBlock})
void add_offsets(ring::span<std::uint32_t> sums, ring::span<const std::uint32_t> block_offsets) {
  const auto i = ring::global_id().x;
  if (i < sums.size()) sums[i] += block_offsets[ring::block_id().x];
}

/// One block, up to 512 elements, in place, up-sweep and down-sweep (Blelloch 1990).
RING_GLOBAL(.block = {kBlock})
void scan_in_place(ring::span<std::int32_t> values) {
  constexpr std::uint32_t kCapacity = 2 * kBlock;
  RING_SHARED std::int32_t tree[kCapacity];
  const auto t = ring::thread_id().x;
  const auto n = static_cast<std::uint32_t>(values.size());

  for (std::uint32_t i = t; i < kCapacity; i += kBlock)
    tree[i] = i < n ? values[i] : 0;
  for (std::uint32_t stride = 1; stride < kCapacity; stride *= 2) {
    ring::barrier();
    const std::uint32_t right = (t + 1) * 2 * stride - 1;
    if (right < kCapacity) tree[right] += tree[right - stride];
  }
  ring::barrier();
  if (t == 0) tree[kCapacity - 1] = 0;
  for (std::uint32_t stride = kCapacity / 2; stride > 0; stride /= 2) {
    ring::barrier();
    const std::uint32_t right = (t + 1) * 2 * stride - 1;
    if (right < kCapacity) {
      const std::int32_t left = tree[right - stride];
      tree[right - stride] = tree[right];
      tree[right] += left;
    }
  }
  ring::barrier();
  for (std::uint32_t i = t; i < n && i < kCapacity; i += kBlock)
    values[i] = tree[i];
}
