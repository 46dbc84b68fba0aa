// Reductions over the threads of a block, for kernels to use.
//
//   const float total = ring::library::block_sum(x[i]);      // in every thread
//   if (ring::thread_id().x == 0) ring::atomic_add(sum[0], total);
//
// Every thread of the block must call, in uniform control flow. T is any arithmetic type; a block
// has at most 1024 threads. The order of the operations is the same on every target: a tree over
// the threads, so that sums of floats are equal bit for bit.
#pragma once

#include "ring/kernel.h"

namespace ring::library {

struct Sum {
  template <typename T> T operator()(T a, T b) const { return a + b; }
};
struct Product {
  template <typename T> T operator()(T a, T b) const { return a * b; }
};
struct Min {
  template <typename T> T operator()(T a, T b) const {
    if (b < a) return b;
    return a;
  }
};
struct Max {
  template <typename T> T operator()(T a, T b) const {
    if (a < b) return b;
    return a;
  }
};
struct And {
  template <typename T> T operator()(T a, T b) const { return a & b; }
};
struct Or {
  template <typename T> T operator()(T a, T b) const { return a | b; }
};
struct Xor {
  template <typename T> T operator()(T a, T b) const { return a ^ b; }
};

inline constexpr std::uint32_t kMaxBlockThreads = 1024;

/// Position of the thread in its block, in the order x, y, z.
inline std::uint32_t linear_thread_id() {
  const Index3 thread = ring::thread_id();
  const Index3 block = ring::block_dim();
  return (thread.z * block.y + thread.y) * block.x + thread.x;
}

inline std::uint32_t block_threads() {
  const Index3 block = ring::block_dim();
  return block.x * block.y * block.z;
}

/// op over the values of the block's threads; op is associative and commutative.
template <typename T, typename Op> T block_reduce(T value, Op op) {
  RING_SHARED T partial[kMaxBlockThreads];
  const std::uint32_t thread = linear_thread_id();
  std::uint32_t active = block_threads();
  partial[thread] = value;
  ring::barrier();
  while (active > 1) {
    // The upper half joins the lower; of an odd number the middle one waits.
    const std::uint32_t half = (active + 1) / 2;
    if (thread + half < active) partial[thread] = op(partial[thread], partial[thread + half]);
    active = half;
    ring::barrier();
  }
  const T result = partial[0];
  ring::barrier(); // the next reduction may not overwrite what others still read
  return result;
}

template <typename T> T block_sum(T value) { return block_reduce(value, Sum{}); }
template <typename T> T block_product(T value) { return block_reduce(value, Product{}); }
template <typename T> T block_min(T value) { return block_reduce(value, Min{}); }
template <typename T> T block_max(T value) { return block_reduce(value, Max{}); }
template <typename T> T block_and(T value) { return block_reduce(value, And{}); }
template <typename T> T block_or(T value) { return block_reduce(value, Or{}); }
template <typename T> T block_xor(T value) { return block_reduce(value, Xor{}); }

} // namespace ring::library
