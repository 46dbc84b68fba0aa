// fmod and remainder, exact: long division of the mantissas, one bit a step.
#pragma once

#include "ring/library/float_format.h"

namespace ring::library {

namespace math {

template <typename T> T remainder_towards_zero(T x, T y) {
  if (!is_finite(x) || is_nan(y) || y == T(0)) return FloatFormat<T>::kNaN;
  if (magnitude_bits(x) < magnitude_bits(y)) return x;
  const Parts<T> divisor = parts_of(y);
  const Parts<T> dividend = parts_of(x);
  Word<T> rest = dividend.mantissa;
  for (std::int32_t i = dividend.exponent; i > divisor.exponent; --i) {
    if (rest >= divisor.mantissa) rest -= divisor.mantissa;
    rest <<= 1;
  }
  if (rest >= divisor.mantissa) rest -= divisor.mantissa;
  if (rest == 0) return with_sign_of(T(0), x);
  // rest < 2^(kFraction + 1), so its conversion is exact, and so is the scaling.
  return with_sign_of(scale(static_cast<T>(rest), divisor.exponent), x);
}

/// The rest of smallest magnitude; of two equal ones that of the even quotient.
template <typename T> T remainder_to_nearest(T x, T y) {
  if (!is_finite(x) || is_nan(y) || y == T(0)) return FloatFormat<T>::kNaN;
  const T divisor = native::fabs(y);
  const T twice = divisor + divisor;
  // Where twice the divisor overflows, x is smaller than it anyway.
  T rest = native::fabs(is_finite(twice) ? remainder_towards_zero(x, twice) : x);
  // "rest > divisor / 2", as a difference: the half of a tiny divisor could round.
  if (rest > divisor) {
    rest -= divisor;
    if (rest - (divisor - rest) >= T(0)) rest -= divisor;
  } else if (rest - (divisor - rest) > T(0)) {
    rest -= divisor;
  }
  return is_negative(x) ? -rest : rest;
}

} // namespace math

RING_DETAIL_LIBRARY inline float fmod(float x, float y) {
  return math::remainder_towards_zero(x, y);
}
RING_DETAIL_LIBRARY inline double fmod(double x, double y) {
  return math::remainder_towards_zero(x, y);
}
RING_DETAIL_LIBRARY inline float remainder(float x, float y) {
  return math::remainder_to_nearest(x, y);
}
RING_DETAIL_LIBRARY inline double remainder(double x, double y) {
  return math::remainder_to_nearest(x, y);
}

} // namespace ring::library
