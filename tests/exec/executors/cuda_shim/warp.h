// Barriers, and what the lanes of a warp exchange.
#pragma once

#include "engine.h"

#include <string.h>

inline void __syncthreads() { cuda_shim::barrier(); }
inline void __syncwarp(unsigned = 0xffffffffu) {
  cuda_shim::warp(cuda_shim::WarpOp::barrier, 0, 0);
}

inline unsigned __ballot_sync(unsigned mask, int predicate) {
  return static_cast<unsigned>(cuda_shim::warp(cuda_shim::WarpOp::ballot, predicate != 0, 0)) &
         mask;
}
inline unsigned __activemask() { return __ballot_sync(0xffffffffu, 1); }
inline int __any_sync(unsigned mask, int predicate) { return __ballot_sync(mask, predicate) != 0; }
inline int __all_sync(unsigned mask, int predicate) { return __ballot_sync(mask, !predicate) == 0; }

namespace cuda_shim {

/// The value of lane `source`, or the caller's own where that lane takes no part.
template <class T> T shuffle(T value, unsigned source) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8, "CUDA shuffles 32 and 64 bits");
  std::uint64_t bits = 0;
  memcpy(&bits, &value, sizeof value);
  bits = warp(WarpOp::shuffle, bits, source);
  memcpy(&value, &bits, sizeof value);
  return value;
}

/// All lanes that take part see all their values; f combines them in the order of the lanes.
template <class T, class F> T reduce(unsigned mask, T value, F f) {
  const unsigned active = __ballot_sync(mask, 1);
  T total{};
  bool first = true;
  for (unsigned lane = 0; lane < 32; ++lane) {
    const T other = shuffle(value, lane);
    if ((active >> lane & 1) == 0) continue;
    total = first ? other : f(total, other);
    first = false;
  }
  return total;
}

} // namespace cuda_shim

template <class T> T __shfl_sync(unsigned, T value, int source, int width = 32) {
  const unsigned lane = cuda_shim::lane(), segment = static_cast<unsigned>(width) - 1;
  return cuda_shim::shuffle(value, (lane & ~segment) | (static_cast<unsigned>(source) & segment));
}
template <class T> T __shfl_up_sync(unsigned, T value, unsigned delta, int width = 32) {
  const unsigned lane = cuda_shim::lane(), segment = static_cast<unsigned>(width) - 1;
  return cuda_shim::shuffle(value, delta > (lane & segment) ? lane : lane - delta);
}
template <class T> T __shfl_down_sync(unsigned, T value, unsigned delta, int width = 32) {
  const unsigned lane = cuda_shim::lane(), segment = static_cast<unsigned>(width) - 1;
  return cuda_shim::shuffle(value, delta > segment - (lane & segment) ? lane : lane + delta);
}
template <class T> T __shfl_xor_sync(unsigned, T value, int mask, int width = 32) {
  const unsigned lane = cuda_shim::lane(), segment = static_cast<unsigned>(width) - 1;
  const unsigned source = lane ^ static_cast<unsigned>(mask);
  return cuda_shim::shuffle(value, (source & ~segment) > (lane & ~segment) ? lane : source);
}

// CUDA has these for 32 bits, and the bit operations for unsigned only.
inline unsigned __reduce_add_sync(unsigned mask, unsigned v) {
  return cuda_shim::reduce(mask, v, [](unsigned a, unsigned b) { return a + b; });
}
inline int __reduce_add_sync(unsigned mask, int v) {
  return static_cast<int>(__reduce_add_sync(mask, static_cast<unsigned>(v)));
}
inline unsigned __reduce_min_sync(unsigned mask, unsigned v) {
  return cuda_shim::reduce(mask, v, [](unsigned a, unsigned b) { return b < a ? b : a; });
}
inline int __reduce_min_sync(unsigned mask, int v) {
  return cuda_shim::reduce(mask, v, [](int a, int b) { return b < a ? b : a; });
}
inline unsigned __reduce_max_sync(unsigned mask, unsigned v) {
  return cuda_shim::reduce(mask, v, [](unsigned a, unsigned b) { return a < b ? b : a; });
}
inline int __reduce_max_sync(unsigned mask, int v) {
  return cuda_shim::reduce(mask, v, [](int a, int b) { return a < b ? b : a; });
}
inline unsigned __reduce_and_sync(unsigned mask, unsigned v) {
  return cuda_shim::reduce(mask, v, [](unsigned a, unsigned b) { return a & b; });
}
inline unsigned __reduce_or_sync(unsigned mask, unsigned v) {
  return cuda_shim::reduce(mask, v, [](unsigned a, unsigned b) { return a | b; });
}
inline unsigned __reduce_xor_sync(unsigned mask, unsigned v) {
  return cuda_shim::reduce(mask, v, [](unsigned a, unsigned b) { return a ^ b; });
}

[[noreturn]] inline void __trap() { cuda_shim::trap(); }
