// pow: the logarithm to base 2 in two words, times y, and exp2.
#pragma once

#include "ring/library/exponential.h"
#include "ring/library/float_format.h"
#include "ring/library/polynomials.h"

namespace ring::library {

namespace math {

/// A number of twice the precision, high + low (Dekker, A Floating-Point Technique for Extending
/// the Available Precision, 1971). Needs strict arithmetic: no reassociation.
template <typename T> struct Double {
  T high;
  T low;
};

/// Exact for |a| >= |b|.
template <typename T> Double<T> sum_of_ordered(T a, T b) {
  const T sum = a + b;
  return {sum, b - (sum - a)};
}

template <typename T> Double<T> exact_product(T a, T b) {
  constexpr T kSplit = T((std::uint64_t{1} << ((FloatFormat<T>::kFraction + 2) / 2)) + 1);
  const T a_scaled = a * kSplit;
  const T a_high = a_scaled - (a_scaled - a);
  const T a_low = a - a_high;
  const T b_scaled = b * kSplit;
  const T b_high = b_scaled - (b_scaled - b);
  const T b_low = b - b_high;
  const T product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

template <typename T> Double<T> multiply(Double<T> a, Double<T> b) {
  const Double<T> product = exact_product(a.high, b.high);
  return sum_of_ordered(product.high, product.low + (a.high * b.low + a.low * b.high));
}

template <typename T> inline constexpr Double<T> kThird{};
template <> inline constexpr Double<float> kThird<float>{0x1.555556p-2f, -0x1.555556p-27f};
template <>
inline constexpr Double<double> kThird<double>{0x1.5555555555555p-2, 0x1.5555555555555p-56};

template <typename T> inline constexpr Double<T> kTwoByLogE2{};
template <> inline constexpr Double<float> kTwoByLogE2<float>{0x1.715476p+1f, 0x1.4ae0cp-25f};
template <>
inline constexpr Double<double> kTwoByLogE2<double>{0x1.71547652b82fep+1, 0x1.777d0ffda0d24p-55};

/// log2(x), x positive and finite: 2 / ln 2 * s * (1 + z/3 + z^2 ...), s = f / (2 + f), z = s^2.
template <typename T> Double<T> log2_in_two_words(T x) {
  const LogReduced<T> reduced = reduce_log(x);
  const T f = reduced.f;
  const Double<T> divisor = sum_of_ordered(T(2), f);
  const T quotient = f / divisor.high;
  const Double<T> back = exact_product(quotient, divisor.high);
  const T rest = ((f - back.high) - back.low) - quotient * divisor.low;
  const Double<T> s = sum_of_ordered(quotient, rest / divisor.high);

  const Double<T> z = multiply(s, s);
  const Double<T> slope = sum_of_ordered(kThird<T>.high, z.high * log_long_tail(z.high));
  const Double<T> bend = multiply(z, Double<T>{slope.high, slope.low + kThird<T>.low});
  const Double<T> one_and = sum_of_ordered(T(1), bend.high);
  const Double<T> series = multiply(s, Double<T>{one_and.high, one_and.low + bend.low});
  const Double<T> log = multiply(series, kTwoByLogE2<T>);
  if (reduced.k == T(0)) return log;
  const Double<T> sum = sum_of_ordered(reduced.k, log.high);
  return sum_of_ordered(sum.high, sum.low + log.low);
}

/// |x|^y for x neither 0, 1, infinite nor NaN, and y finite.
template <typename T> T power_of_magnitude(T x, T y) {
  constexpr T kLargest = T(FloatFormat<T>::kBias + FloatFormat<T>::kFraction + 2);
  const Double<T> log = log2_in_two_words(native::fabs(x));
  const T estimate = y * log.high;
  if (estimate > kLargest) return FloatFormat<T>::kInfinity;
  if (estimate < -kLargest) return T(0);
  if (native::fabs(estimate) < T(1e-30)) // the exact product below would lose its lower half
    return T(1);
  const Double<T> product = exact_product(y, log.high);
  const T exponent_low = product.low + y * log.low;
  const T k = native::rint(product.high);
  const T r = (product.high - k) + exponent_low;
  return scale(T(1) + expm1_kernel(r * kLogE2<T>.whole), static_cast<std::int32_t>(k));
}

template <typename T> bool is_odd_integer(T y) {
  const T half = T(0.5) * y;
  return native::trunc(y) == y && native::trunc(half) != half;
}

/// The special cases are those of C, Annex F.
template <typename T> T power(T x, T y) {
  if (y == T(0) || x == T(1)) return T(1);
  if (is_nan(x) || is_nan(y)) return FloatFormat<T>::kNaN;
  const bool negates = is_negative(x) && is_odd_integer(y);
  T magnitude;
  if (is_infinite(y)) {
    const T base = native::fabs(x);
    if (base == T(1)) return T(1);
    return (base > T(1)) == (y > T(0)) ? FloatFormat<T>::kInfinity : T(0);
  } else if (x == T(0)) {
    magnitude = y > T(0) ? T(0) : FloatFormat<T>::kInfinity;
  } else if (is_infinite(x)) {
    magnitude = y > T(0) ? FloatFormat<T>::kInfinity : T(0);
  } else if (x < T(0) && native::trunc(y) != y) {
    return FloatFormat<T>::kNaN;
  } else {
    magnitude = power_of_magnitude(x, y);
  }
  return negates ? -magnitude : magnitude;
}

} // namespace math

RING_DETAIL_LIBRARY inline float pow(float x, float y) { return math::power(x, y); }
RING_DETAIL_LIBRARY inline double pow(double x, double y) { return math::power(x, y); }

} // namespace ring::library
