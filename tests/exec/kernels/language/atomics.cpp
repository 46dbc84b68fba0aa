// Atomics: the free forms on elements, members and shared variables; atomic_ref with order and
// scope; 64 bits; floats.
#include <ring/kernel.h>

struct Totals {
  std::uint32_t added, subtracted, smallest, largest, all_bits, any_bits, odd_bits, increments,
      decrements;
  std::int32_t signed_sum, signed_smallest, signed_largest;
};

RING_GLOBAL(.block = {64})
void free_forms(ring::span<const std::uint32_t> in, ring::span<Totals> totals) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const std::uint32_t x = in[i];
  const auto s = static_cast<std::int32_t>(x);
  Totals& t = totals[0];
  ring::atomic_add(t.added, x);
  ring::atomic_sub(t.subtracted, x);
  ring::atomic_min(t.smallest, x);
  ring::atomic_max(t.largest, x);
  ring::atomic_and(t.all_bits, x | 0xFFFF);
  ring::atomic_or(t.any_bits, x & 0xFF00);
  ring::atomic_xor(t.odd_bits, x);
  ring::atomic_inc(t.increments);
  ring::atomic_dec(t.decrements);
  ring::atomic_add(t.signed_sum, s % 1000);
  ring::atomic_min(t.signed_smallest, s);
  ring::atomic_max(t.signed_largest, s);
}

/// Each thread gets a ticket of its own; exchange hands one token round; a spinning update by
/// compare-and-swap.
RING_GLOBAL(.block = {64})
void values_before(ring::span<std::uint32_t> words, ring::span<std::uint32_t> tickets,
                   ring::span<std::uint32_t> tokens) {
  const auto i = ring::global_id().x;
  if (i >= tickets.size()) return;
  const std::uint32_t ticket = ring::atomic_add(words[0], 1u);
  tickets[ticket] = ticket * 2;
  tokens[i] = ring::atomic_exchange(words[1], i + 1);

  // words[2] = words[2] * 3 + 1 modulo 2^32, once a thread: the result does not depend on the
  // order.
  std::uint32_t seen = ring::atomic_load(words[2]);
  while (true) {
    const std::uint32_t before = ring::atomic_cas(words[2], seen, seen * 3 + 1);
    if (before == seen) break;
    seen = before;
  }
  if (i == 0) ring::atomic_store(words[3], 77u);
}

/// The last block to finish adds up what all blocks have written: release and acquire through one
/// counter.
RING_GLOBAL(.block = {64})
void last_block_sums(ring::span<const std::uint32_t> in, ring::span<std::uint32_t> partial,
                     ring::span<std::uint32_t> done, ring::span<std::uint32_t> total) {
  RING_SHARED std::uint32_t sum[1];
  RING_SHARED std::uint32_t is_last[1];
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  if (t == 0) sum[0] = 0;
  ring::barrier();
  ring::atomic_ref(sum[0]).fetch_add(i < in.size() ? in[i] : 0, ring::relaxed,
                                     ring::MemoryScope::block);
  ring::barrier();

  if (t == 0) {
    ring::atomic_ref(partial[ring::block_id().x]).store(sum[0], ring::relaxed);
    // Releases this block's partial sum; the last one acquires those of all others.
    const std::uint32_t before =
        ring::atomic_ref(done[0]).fetch_add(1, ring::acq_rel, ring::MemoryScope::device);
    is_last[0] = before + 1 == ring::grid_dim().x ? 1 : 0;
  }
  ring::barrier();
  if (is_last[0] == 0) return;
  if (t == 0) {
    std::uint32_t all = 0;
    for (std::size_t block = 0; block < partial.size(); ++block)
      all += ring::atomic_ref(partial[block]).load(ring::relaxed);
    total[0] = all;
  }
}

/// Every member function of atomic_ref, on shared and on global words.
RING_GLOBAL(.block = {64})
void through_references(ring::span<const std::int32_t> in, ring::span<std::int32_t> words) {
  RING_SHARED std::int32_t local[6];
  const auto t = ring::thread_id().x;
  const auto i = ring::global_id().x;
  if (t < 6) local[t] = t == 3 ? -1 : 0;
  ring::barrier();
  if (i < in.size()) {
    const std::int32_t x = in[i];
    const ring::atomic_ref<std::int32_t> low(local[0]);
    low.fetch_min(x, ring::relaxed, ring::MemoryScope::block);
    ring::atomic_ref(local[1]).fetch_max(x, ring::acquire, ring::MemoryScope::block);
    ring::atomic_ref(local[2]).fetch_or(x, ring::release, ring::MemoryScope::block);
    ring::atomic_ref(local[3]).fetch_and(x | 0xFF, ring::acq_rel, ring::MemoryScope::block);
    ring::atomic_ref(local[4]).fetch_xor(x);
    ring::atomic_ref(local[5]).fetch_sub(x % 100, ring::relaxed);
    // Adds one by hand to words[6].
    const ring::atomic_ref counter(words[6]);
    std::int32_t expected = counter.load(ring::relaxed);
    std::uint32_t turns = 0;
    while (!counter.compare_exchange_strong(expected, expected + 1, ring::relaxed))
      ring::relax(turns++);
    // The other ways of waiting, which an uncontended counter never comes to.
    if (i == 0) ring::relax(100);
    if (i == 1) ring::relax(2000);
  }
  ring::barrier();
  if (t == 0) {
    ring::atomic_min(words[0], local[0]);
    ring::atomic_max(words[1], local[1]);
    ring::atomic_or(words[2], local[2]);
    ring::atomic_and(words[3], local[3]);
    ring::atomic_xor(words[4], local[4]);
    ring::atomic_add(words[5], local[5]);
    ring::fence(ring::MemoryScope::device);
  }
}

RING_GLOBAL(.block = {64})
void float_atomics(ring::span<const float> in, ring::span<float> words) {
  RING_SHARED float local[1];
  const auto i = ring::global_id().x;
  if (ring::thread_id().x == 0) local[0] = 0.0f;
  ring::barrier();
  if (i < in.size()) {
    ring::atomic_add(local[0], in[i]);
    ring::atomic_sub(words[1], in[i]);
    ring::atomic_min(words[2], in[i]);
    ring::atomic_max(words[3], in[i]);
  }
  ring::barrier();
  if (ring::thread_id().x == 0) ring::atomic_add(words[0], local[0]);
}

RING_GLOBAL(.block = {64})
void wide_atomics(ring::span<const std::uint64_t> in, ring::span<std::uint64_t> words,
                  ring::span<std::int64_t> signed_words) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const std::uint64_t x = in[i];
  ring::atomic_add(words[0], x);
  ring::atomic_sub(words[1], x);
  ring::atomic_min(words[2], x);
  ring::atomic_max(words[3], x);
  ring::atomic_and(words[4], x | 0xFFFFFFFF);
  ring::atomic_or(words[5], x & 0xFF00000000);
  ring::atomic_xor(words[6], x);
  ring::atomic_inc(words[7]);
  ring::atomic_dec(words[8]);
  ring::atomic_min(signed_words[0], static_cast<std::int64_t>(x));
  ring::atomic_max(signed_words[1], static_cast<std::int64_t>(x));
  std::uint64_t seen = ring::atomic_load(words[9]);
  for (;;) {
    const std::uint64_t before = ring::atomic_cas(words[9], seen, seen * 5 + 3);
    if (before == seen) break;
    seen = before;
  }
}
