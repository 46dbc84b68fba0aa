// Warp operations. No answer depends on how many lanes a warp has or which threads share one: each
// kernel takes its position from warp_id() and lane_id(), and blocks are whole warps.
#include <ring/kernel.h>

namespace {

constexpr std::uint32_t kThreads = 128;

/// Position of the thread in its block, warp after warp.
std::uint32_t position() { return ring::warp_id() * ring::warp_size() + ring::lane_id(); }

std::uint32_t element() { return ring::block_id().x * kThreads + position(); }

/// Inclusive sum over the lanes up to this one.
std::uint32_t scan_warp(std::uint32_t value) {
  for (std::uint32_t delta = 1; delta < ring::warp_size(); delta *= 2) {
    const std::uint32_t below = ring::shuffle_up(value, delta);
    if (ring::lane_id() >= delta) value += below;
  }
  return value;
}

} // namespace

/// Inclusive sums within each block: in warps first, then over the warps' totals.
RING_GLOBAL(.block = {kThreads})
void scan_by_shuffles(ring::span<const std::uint32_t> in, ring::span<std::uint32_t> out) {
  RING_SHARED std::uint32_t warp_totals[kThreads];
  const std::uint32_t scanned = scan_warp(in[element()]);
  if (ring::lane_id() + 1 == ring::warp_size()) warp_totals[ring::warp_id()] = scanned;
  ring::barrier();
  std::uint32_t before = 0;
  for (std::uint32_t warp = 0; warp < ring::warp_id(); ++warp)
    before += warp_totals[warp];
  out[element()] = before + scanned;
}

/// Sums of each block three ways; all of them are the same number.
RING_GLOBAL(.block = {kThreads})
void sums_by_warps(ring::span<const std::int32_t> in, ring::span<std::int32_t> sums) {
  RING_SHARED std::int32_t totals[3];
  if (ring::thread_id().x < 3) totals[ring::thread_id().x] = 0;
  ring::barrier();
  const std::int32_t mine = in[element()];

  std::int32_t down = mine;
  for (std::uint32_t delta = ring::warp_size() / 2; delta > 0; delta /= 2)
    down += ring::shuffle_down(down, delta);
  std::int32_t across = mine;
  for (std::uint32_t mask = 1; mask < ring::warp_size(); mask *= 2)
    across += ring::shuffle_xor(across, mask);
  const std::int32_t reduced = ring::reduce_add(mine);
  const bool same = ring::all(across == reduced);

  if (ring::lane_id() == 0) ring::atomic_add(totals[0], down);
  if (ring::elect()) {
    ring::atomic_add(totals[1], across);
    ring::atomic_add(totals[2], same ? reduced : 0);
  }
  ring::barrier();
  if (ring::thread_id().x < 3)
    sums[3 * ring::block_id().x + ring::thread_id().x] = totals[ring::thread_id().x];
}

/// Counts by votes: how many elements are odd, whether any or all are, how many lanes were elected.
RING_GLOBAL(.block = {kThreads})
void votes(ring::span<const std::uint32_t> in, ring::span<std::uint32_t> counts) {
  RING_SHARED std::uint32_t local[6];
  if (ring::thread_id().x < 6) local[ring::thread_id().x] = ring::thread_id().x == 4 ? ~0u : 0;
  ring::barrier();
  const std::uint32_t mine = in[element()];
  const bool odd = mine % 2 != 0;

  const std::uint32_t ballot = ring::ballot(odd);
  const bool own_bit = (ballot >> ring::lane_id() & 1) != 0;
  std::uint32_t set = 0;
  for (std::uint32_t rest = ballot; rest != 0; rest &= rest - 1)
    ++set;
  const bool any = ring::any(odd);
  const bool all = ring::all(odd);
  const bool consistent =
      ring::all(own_bit == odd) && any == (set > 0) && all == (set == ring::warp_size());

  if (ring::elect()) {
    ring::atomic_add(local[0], set);
    ring::atomic_or(local[1], any ? 1u : 0u);
    ring::atomic_add(local[2],
                     ring::warp_size()); // one elected lane a warp: all threads are counted
    ring::atomic_add(local[3], consistent ? 0u : 1u);
  }
  ring::warp_barrier();
  const std::uint32_t conjunction = ring::reduce_and(mine);
  const std::uint32_t disjunction = ring::reduce_or(mine);
  const std::uint32_t parity = ring::reduce_xor(mine);
  const std::uint32_t low = ring::reduce_min(mine);
  const std::uint32_t high = ring::reduce_max(mine);
  if (ring::lane_id() == 0) {
    ring::atomic_and(local[4], conjunction);
    ring::atomic_xor(local[5], parity ^ disjunction ^ disjunction);
    if (low > high || (conjunction & ~disjunction) != 0) ring::atomic_add(local[3], 1u);
  }
  ring::barrier();
  if (ring::thread_id().x < 6)
    counts[6 * ring::block_id().x + ring::thread_id().x] = local[ring::thread_id().x];
}

/// Every type that can be shuffled, reversed within groups of four lanes: the smallest warp there
/// is.
RING_GLOBAL(.block = {kThreads})
void reverse_fours(ring::span<std::uint32_t> words, ring::span<std::int64_t> wide,
                   ring::span<float> reals) {
  const std::uint32_t i = element();
  const std::uint32_t from = ring::lane_id() ^ 3;
  words[i] = ring::shuffle(words[i], from) + ring::broadcast(0u, 0);
  wide[i] = ring::shuffle_xor(wide[i], 3);
  reals[i] = ring::shuffle(reals[i], from);
}

/// The first lane of each warp speaks for it.
RING_GLOBAL(.block = {kThreads})
void broadcast_first(ring::span<const std::uint32_t> in, ring::span<std::uint32_t> out) {
  const std::uint32_t first = ring::broadcast(element(), 0);
  // What the warp's first element is depends on the warp size; that it is its own warp's does not.
  const bool right = first == ring::block_id().x * kThreads + ring::warp_id() * ring::warp_size();
  out[element()] = right ? in[element()] + 1 : 0;
}
