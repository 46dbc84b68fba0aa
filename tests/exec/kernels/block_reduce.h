// Reductions over a block for any type and any associative operation, written once in C++ as
// templates. The kernels of reductions.cpp and grid_reduction.cpp instantiate them.
#pragma once

#include <ring/kernel.h>

#include <limits>

namespace reduce {

inline constexpr std::uint32_t kBlock = 128;

template <class T> struct Sum {
  static constexpr T identity() { return T(0); }
  static constexpr T combine(T a, T b) { return a + b; }
};

template <class T> struct Product {
  static constexpr T identity() { return T(1); }
  static constexpr T combine(T a, T b) { return a * b; }
};

template <class T> struct Min {
  static constexpr T identity() { return std::numeric_limits<T>::max(); }
  static constexpr T combine(T a, T b) { return b < a ? b : a; }
};

template <class T> struct Max {
  static constexpr T identity() { return std::numeric_limits<T>::lowest(); }
  static constexpr T combine(T a, T b) { return a < b ? b : a; }
};

template <class T> struct And {
  static constexpr T identity() { return static_cast<T>(~T(0)); }
  static constexpr T combine(T a, T b) { return a & b; }
};

template <class T> struct Or {
  static constexpr T identity() { return T(0); }
  static constexpr T combine(T a, T b) { return a | b; }
};

template <class T> struct Xor {
  static constexpr T identity() { return T(0); }
  static constexpr T combine(T a, T b) { return a ^ b; }
};

/// Combines one value of each thread; thread 0 gets the result. All threads of the block call it
/// together.
template <class Op, class T> T block_reduce(T value) {
  RING_SHARED T partial[kBlock];
  const auto t = ring::thread_id().x;
  partial[t] = value;
  ring::barrier();
  for (std::uint32_t stride = kBlock / 2; stride > 0; stride /= 2) {
    if (t < stride) partial[t] = Op::combine(partial[t], partial[t + stride]);
    ring::barrier();
  }
  return partial[0];
}

/// One result a block: results[block] is the reduction of that block's part of `values`.
template <template <class> class Op, class T>
void reduce_blocks(ring::span<const T> values, ring::span<T> results) {
  const std::size_t i = ring::global_id().x;
  const T mine = i < values.size() ? values[i] : Op<T>::identity();
  const T result = block_reduce<Op<T>>(mine);
  if (ring::thread_id().x == 0) results[ring::block_id().x] = result;
}

} // namespace reduce
