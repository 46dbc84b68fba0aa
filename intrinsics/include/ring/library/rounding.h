// Functions of floats that are exact: rounding, signs, parts, classes.
#pragma once

#include "ring/library/float_format.h"

namespace ring::library {

namespace math {

/// Half away from zero. x - trunc(x) is exact, where x + 0.5 would round.
template <typename T> T round_half_away(T x) {
  const T whole = native::trunc(x);
  return native::fabs(x - whole) >= T(0.5) ? whole + with_sign_of(T(1), x) : whole;
}

template <typename T> T minimum_number(T a, T b) {
  if (is_nan(a)) return b;
  if (is_nan(b) || a < b || (a == b && is_negative(a))) return a;
  return b;
}

template <typename T> T maximum_number(T a, T b) {
  if (is_nan(a)) return b;
  if (is_nan(b) || b < a || (a == b && is_negative(b))) return a;
  return b;
}

template <typename T> T positive_difference(T a, T b) {
  if (is_nan(a) || is_nan(b)) return FloatFormat<T>::kNaN;
  return a > b ? a - b : T(0);
}

/// The values of FP_ILOGB0, FP_ILOGBNAN and of infinity are glibc's.
template <typename T> std::int32_t integer_exponent(T x) {
  if (x == T(0) || is_nan(x)) return -2147483647 - 1;
  return is_infinite(x) ? 2147483647 : exponent_of(x);
}

template <typename T> T float_exponent(T x) {
  if (x == T(0)) return -FloatFormat<T>::kInfinity;
  if (!is_finite(x)) return x * x; // infinity, or NaN
  return static_cast<T>(exponent_of(x));
}

template <typename T> T next_after(T x, T towards) {
  if (is_nan(x) || is_nan(towards)) return FloatFormat<T>::kNaN;
  if (x == towards) return towards;
  if (x == T(0)) return from_bits<T>(Word<T>{1} | (to_bits(towards) & kSign<T>));
  const bool grows = (x < towards) == (x > T(0));
  return from_bits<T>(grows ? to_bits(x) + 1 : to_bits(x) - 1);
}

template <typename T> T fraction_and_exponent(T x, std::int32_t* exponent) {
  *exponent = 0;
  if (x == T(0) || !is_finite(x)) return x;
  const Parts<T> parts = parts_of(x);
  *exponent = parts.exponent + FloatFormat<T>::kFraction + 1;
  const T half_to_one = from_bits<T>((parts.mantissa & (kHidden<T> - 1)) | to_bits(T(0.5)));
  return with_sign_of(half_to_one, x);
}

template <typename T> T fraction_and_whole(T x, T* whole) {
  *whole = native::trunc(x);
  return is_infinite(x) ? with_sign_of(T(0), x) : with_sign_of(x - *whole, x);
}

} // namespace math

RING_DETAIL_LIBRARY inline float round(float x) { return math::round_half_away(x); }
RING_DETAIL_LIBRARY inline double round(double x) { return math::round_half_away(x); }
RING_DETAIL_LIBRARY inline std::int64_t lround(float x) {
  return static_cast<std::int64_t>(math::round_half_away(x));
}
RING_DETAIL_LIBRARY inline std::int64_t lround(double x) {
  return static_cast<std::int64_t>(math::round_half_away(x));
}
RING_DETAIL_LIBRARY inline std::int64_t lrint(float x) {
  return static_cast<std::int64_t>(native::rint(x));
}
RING_DETAIL_LIBRARY inline std::int64_t lrint(double x) {
  return static_cast<std::int64_t>(native::rint(x));
}

RING_DETAIL_LIBRARY inline float fmin(float a, float b) { return math::minimum_number(a, b); }
RING_DETAIL_LIBRARY inline double fmin(double a, double b) { return math::minimum_number(a, b); }
RING_DETAIL_LIBRARY inline float fmax(float a, float b) { return math::maximum_number(a, b); }
RING_DETAIL_LIBRARY inline double fmax(double a, double b) { return math::maximum_number(a, b); }
RING_DETAIL_LIBRARY inline float fdim(float a, float b) { return math::positive_difference(a, b); }
RING_DETAIL_LIBRARY inline double fdim(double a, double b) {
  return math::positive_difference(a, b);
}

RING_DETAIL_LIBRARY inline float copysign(float x, float sign) {
  return math::with_sign_of(x, sign);
}
RING_DETAIL_LIBRARY inline double copysign(double x, double sign) {
  return math::with_sign_of(x, sign);
}
RING_DETAIL_LIBRARY inline bool isnan(float x) { return math::is_nan(x); }
RING_DETAIL_LIBRARY inline bool isnan(double x) { return math::is_nan(x); }
RING_DETAIL_LIBRARY inline bool isinf(float x) { return math::is_infinite(x); }
RING_DETAIL_LIBRARY inline bool isinf(double x) { return math::is_infinite(x); }
RING_DETAIL_LIBRARY inline bool isfinite(float x) { return math::is_finite(x); }
RING_DETAIL_LIBRARY inline bool isfinite(double x) { return math::is_finite(x); }
RING_DETAIL_LIBRARY inline bool isnormal(float x) {
  return math::is_finite(x) && math::magnitude_bits(x) >= math::kHidden<float>;
}
RING_DETAIL_LIBRARY inline bool isnormal(double x) {
  return math::is_finite(x) && math::magnitude_bits(x) >= math::kHidden<double>;
}
RING_DETAIL_LIBRARY inline bool signbit(float x) { return math::is_negative(x); }
RING_DETAIL_LIBRARY inline bool signbit(double x) { return math::is_negative(x); }

RING_DETAIL_LIBRARY inline float ldexp(float x, std::int32_t k) { return math::scale(x, k); }
RING_DETAIL_LIBRARY inline double ldexp(double x, std::int32_t k) { return math::scale(x, k); }
RING_DETAIL_LIBRARY inline std::int32_t ilogb(float x) { return math::integer_exponent(x); }
RING_DETAIL_LIBRARY inline std::int32_t ilogb(double x) { return math::integer_exponent(x); }
RING_DETAIL_LIBRARY inline float logb(float x) { return math::float_exponent(x); }
RING_DETAIL_LIBRARY inline double logb(double x) { return math::float_exponent(x); }
RING_DETAIL_LIBRARY inline float nextafter(float x, float towards) {
  return math::next_after(x, towards);
}
RING_DETAIL_LIBRARY inline double nextafter(double x, double towards) {
  return math::next_after(x, towards);
}
RING_DETAIL_LIBRARY inline float frexp(float x, std::int32_t* exponent) {
  return math::fraction_and_exponent(x, exponent);
}
RING_DETAIL_LIBRARY inline double frexp(double x, std::int32_t* exponent) {
  return math::fraction_and_exponent(x, exponent);
}
RING_DETAIL_LIBRARY inline float modf(float x, float* whole) {
  return math::fraction_and_whole(x, whole);
}
RING_DETAIL_LIBRARY inline double modf(double x, double* whole) {
  return math::fraction_and_whole(x, whole);
}

} // namespace ring::library
