// Atomic operations that a target lacks, as loops of compare-exchange: those of floats nearly
// everywhere, the minimum and maximum on the CPU. Relaxed at device scope, like the rows.
#pragma once

#include "ring/library/float_format.h"

namespace ring::library {

namespace atomics {

inline bool same(std::int32_t a, std::int32_t b) { return a == b; }
inline bool same(std::uint32_t a, std::uint32_t b) { return a == b; }
inline bool same(std::int64_t a, std::int64_t b) { return a == b; }
inline bool same(std::uint64_t a, std::uint64_t b) { return a == b; }
// By the bits, as the exchange compares: a NaN must not loop for ever.
inline bool same(float a, float b) { return math::to_bits(a) == math::to_bits(b); }
inline bool same(double a, double b) { return math::to_bits(a) == math::to_bits(b); }

template <typename T> T add(T& x, T value) {
  T seen = ring::atomic_load(x);
  for (;;) {
    const T found = ring::atomic_cas(x, seen, seen + value);
    if (same(found, seen)) return seen;
    seen = found;
  }
}

template <typename T> T minimum(T& x, T value) {
  T seen = ring::atomic_load(x);
  while (value < seen) {
    const T found = ring::atomic_cas(x, seen, value);
    if (same(found, seen)) return seen;
    seen = found;
  }
  return seen;
}

template <typename T> T maximum(T& x, T value) {
  T seen = ring::atomic_load(x);
  while (seen < value) {
    const T found = ring::atomic_cas(x, seen, value);
    if (same(found, seen)) return seen;
    seen = found;
  }
  return seen;
}

} // namespace atomics

RING_DETAIL_LIBRARY inline float atomic_add(float& x, float value) {
  return atomics::add(x, value);
}
RING_DETAIL_LIBRARY inline double atomic_add(double& x, double value) {
  return atomics::add(x, value);
}
RING_DETAIL_LIBRARY inline float atomic_sub(float& x, float value) {
  return atomics::add(x, -value);
}
RING_DETAIL_LIBRARY inline double atomic_sub(double& x, double value) {
  return atomics::add(x, -value);
}

// One overload a type, so that each can be linked by name; the macro ends with this header.
#define RING_DETAIL_MIN_MAX(T)                                                                     \
  RING_DETAIL_LIBRARY inline T atomic_min(T& x, T value) { return atomics::minimum(x, value); }    \
  RING_DETAIL_LIBRARY inline T atomic_max(T& x, T value) { return atomics::maximum(x, value); }
RING_DETAIL_MIN_MAX(std::int32_t)
RING_DETAIL_MIN_MAX(std::uint32_t)
RING_DETAIL_MIN_MAX(std::int64_t)
RING_DETAIL_MIN_MAX(std::uint64_t)
RING_DETAIL_MIN_MAX(float)
RING_DETAIL_MIN_MAX(double)
#undef RING_DETAIL_MIN_MAX

} // namespace ring::library
