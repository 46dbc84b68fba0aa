// std::min, std::max and std::clamp of every type, for targets whose own differ or do not exist.
//
// Of floats they are comparisons, as in C++: with a NaN or with zeros of two signs the first
// operand is the answer, which is not what the fmin of a GPU says.
#pragma once

#include "ring/kernel.h"

namespace ring::library {

namespace select {

// Not "b < a ? b : a": of two lvalues that is an lvalue, and devices without pointers have none to
// choose.
template <typename T> T lesser(T a, T b) {
  if (b < a) return b;
  return a;
}
template <typename T> T greater(T a, T b) {
  if (a < b) return b;
  return a;
}
template <typename T> T between(T x, T low, T high) {
  if (x < low) return low;
  return lesser(x, high);
}

} // namespace select

// One overload a type, so that each can carry the row's name; nothing else would be a table of its
// own. The macro ends with this header.
#define RING_DETAIL_SELECT(prefix, T)                                                              \
  RING_DETAIL_LIBRARY inline T prefix##min(T a, T b) { return select::lesser(a, b); }              \
  RING_DETAIL_LIBRARY inline T prefix##max(T a, T b) { return select::greater(a, b); }             \
  RING_DETAIL_LIBRARY inline T prefix##clamp(T x, T low, T high) {                                 \
    return select::between(x, low, high);                                                          \
  }
RING_DETAIL_SELECT(, std::int8_t)
RING_DETAIL_SELECT(, std::uint8_t)
RING_DETAIL_SELECT(, std::int16_t)
RING_DETAIL_SELECT(, std::uint16_t)
RING_DETAIL_SELECT(, std::int32_t)
RING_DETAIL_SELECT(, std::uint32_t)
RING_DETAIL_SELECT(, std::int64_t)
RING_DETAIL_SELECT(, std::uint64_t)
RING_DETAIL_SELECT(float_, float)
RING_DETAIL_SELECT(float_, double)
#undef RING_DETAIL_SELECT

RING_DETAIL_LIBRARY inline float saturate(float x) {
  return x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f;
}
RING_DETAIL_LIBRARY inline double saturate(double x) { return x > 0.0 ? (x < 1.0 ? x : 1.0) : 0.0; }

} // namespace ring::library
