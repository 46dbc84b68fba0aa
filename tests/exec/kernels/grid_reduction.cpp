// A18. Reduction of a whole grid in two phases: every block reduces a strided share of the data to
// one value, then one block reduces those values. No atomics, so floats give the same bits on every
// run.
#include "block_reduce.h"

namespace {

/// What a thread of `threads` in all combines of `values`, starting at `first`.
template <class Op, class T>
T reduce_strided(ring::span<const T> values, std::size_t first, std::size_t threads) {
  T result = Op::identity();
  for (std::size_t i = first; i < values.size(); i += threads)
    result = Op::combine(result, values[i]);
  return result;
}

template <class Op, class T> void first_phase(ring::span<const T> values, ring::span<T> partial) {
  const std::size_t threads = std::size_t{ring::grid_dim().x} * reduce::kBlock;
  const T mine = reduce_strided<Op>(values, ring::global_id().x, threads);
  const T result = reduce::block_reduce<Op>(mine);
  if (ring::thread_id().x == 0) partial[ring::block_id().x] = result;
}

template <class Op, class T> void second_phase(ring::span<const T> partial, ring::span<T> total) {
  const T mine = reduce_strided<Op>(partial, ring::thread_id().x, reduce::kBlock);
  const T result = reduce::block_reduce<Op>(mine);
  if (ring::thread_id().x == 0) total[0] = result;
}

} // namespace

RING_GLOBAL(.block = {reduce::kBlock})
void grid_sum_f32_first(ring::span<const float> values, ring::span<float> partial) {
  first_phase<reduce::Sum<float>>(values, partial);
}

RING_GLOBAL(.block = {reduce::kBlock})
void grid_sum_f32_second(ring::span<const float> partial, ring::span<float> total) {
  second_phase<reduce::Sum<float>>(partial, total);
}

RING_GLOBAL(.block = {reduce::kBlock})
void grid_max_i64_first(ring::span<const std::int64_t> values, ring::span<std::int64_t> partial) {
  first_phase<reduce::Max<std::int64_t>>(values, partial);
}

RING_GLOBAL(.block = {reduce::kBlock})
void grid_max_i64_second(ring::span<const std::int64_t> partial, ring::span<std::int64_t> total) {
  second_phase<reduce::Max<std::int64_t>>(partial, total);
}

RING_GLOBAL(.block = {reduce::kBlock})
void grid_xor_u64_first(ring::span<const std::uint64_t> values, ring::span<std::uint64_t> partial) {
  first_phase<reduce::Xor<std::uint64_t>>(values, partial);
}

RING_GLOBAL(.block = {reduce::kBlock})
void grid_xor_u64_second(ring::span<const std::uint64_t> partial, ring::span<std::uint64_t> total) {
  second_phase<reduce::Xor<std::uint64_t>>(partial, total);
}
