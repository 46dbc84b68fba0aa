// rsqrt, cbrt, hypot.
#pragma once

#include "ring/library/float_format.h"

namespace ring::library {

namespace math {

/// x = m * 2^3q with 1 <= m < 8; a line, then steps of Halley, each of which triples the digits.
template <typename T> T cube_root(T x) {
  if (x == T(0) || !is_finite(x)) return x;
  const std::int32_t exponent = exponent_of(x);
  // Division rounds towards zero; the offset keeps what it divides positive.
  const std::int32_t third = (exponent + 3 * 512) / 3 - 512;
  const T m = scale(native::fabs(x), -3 * third);
  T root = T(0.91) + T(0.1429) * m;
  constexpr std::int32_t kSteps = sizeof(T) == 4 ? 2 : 3;
  for (std::int32_t step = 0; step < kSteps; ++step) {
    const T cube = root * root * root;
    root -= root * ((cube - m) / (T(2) * cube + m));
  }
  return with_sign_of(scale(root, third), x);
}

template <typename T> T hypotenuse(T x, T y) {
  if (is_infinite(x) || is_infinite(y)) return FloatFormat<T>::kInfinity;
  if (is_nan(x) || is_nan(y)) return FloatFormat<T>::kNaN;
  T longer = native::fabs(x);
  T shorter = native::fabs(y);
  if (longer < shorter) {
    const T other = longer;
    longer = shorter;
    shorter = other;
  }
  if (shorter == T(0)) return longer;
  const std::int32_t exponent = exponent_of(longer); // so that no square overflows
  longer = scale(longer, -exponent);
  shorter = scale(shorter, -exponent);
  return scale(native::sqrt(longer * longer + shorter * shorter), exponent);
}

} // namespace math

RING_DETAIL_LIBRARY inline float rsqrt(float x) { return 1.0f / native::sqrt(x); }
RING_DETAIL_LIBRARY inline double rsqrt(double x) { return 1.0 / native::sqrt(x); }
RING_DETAIL_LIBRARY inline float cbrt(float x) { return math::cube_root(x); }
RING_DETAIL_LIBRARY inline double cbrt(double x) { return math::cube_root(x); }
RING_DETAIL_LIBRARY inline float hypot(float x, float y) { return math::hypotenuse(x, y); }
RING_DETAIL_LIBRARY inline double hypot(double x, double y) { return math::hypotenuse(x, y); }

} // namespace ring::library
