// std::min, std::max and std::clamp of every type, for targets whose own differ or do not exist.
//
// Of floats they are comparisons, as in C++: with a NaN or with zeros of two signs the first operand
// is the answer, which is not what the fmin of a GPU says.
#pragma once

#include "ring/kernel.h"

namespace ring::library {

namespace select {

template <typename T> T lesser(T a, T b) { return b < a ? b : a; }
template <typename T> T greater(T a, T b) { return a < b ? b : a; }
template <typename T> T between(T x, T low, T high) {
  return x < low ? low : high < x ? high : x;
}

} // namespace select

// One overload a type, so that each can carry the row's name; nothing else would be a table of its
// own. The macro ends with this header.
#define RING_DETAIL_SELECT(prefix, T)                                                              \
  RING_DETAIL_LIBRARY inline T prefix##min(T a, T b) {                              \
    return select::lesser(a, b);                                                                   \
  }                                                                                                \
  RING_DETAIL_LIBRARY inline T prefix##max(T a, T b) {                              \
    return select::greater(a, b);                                                                  \
  }                                                                                                \
  RING_DETAIL_LIBRARY inline T prefix##clamp(T x, T low, T high) {                \
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
RING_DETAIL_LIBRARY inline double saturate(double x) {
  return x > 0.0 ? (x < 1.0 ? x : 1.0) : 0.0;
}

} // namespace ring::library
