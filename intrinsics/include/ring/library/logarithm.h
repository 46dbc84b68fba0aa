// log, log2, log10, log1p.
#pragma once

#include "ring/library/float_format.h"
#include "ring/library/polynomials.h"

namespace ring::library {

namespace math {

/// A constant, its inverse, and the constant as a short half, whose product with an exponent is
/// exact, and the rest.
template <typename T> struct SplitConstant {
  T whole;
  T inverse;
  T high;
  T low;
};

template <typename T> inline constexpr SplitConstant<T> kLogE2{};
template <> inline constexpr SplitConstant<float> kLogE2<float>{0x1.62e43p-1f, 0x1.715476p+0f,
                                                                0x1.62ep-1f, 0x1.0bfbe8p-15f};
template <> inline constexpr SplitConstant<double> kLogE2<double>{
    0x1.62e42fefa39efp-1, 0x1.71547652b82fep+0, 0x1.62e42ffp-1, -0x1.718432a1b0e26p-35};

/// What turns natural logarithms into those of another base: 1 / ln(base) in two halves, and
/// log(2) of that base in two halves.
template <typename T> struct LogBase {
  T scale_high;
  T scale_low;
  T two_high;
  T two_low;
};

template <typename T> inline constexpr LogBase<T> kBase2{};
template <>
inline constexpr LogBase<float> kBase2<float>{0x1.716p+0f, -0x1.7135a8p-13f, 1.0f, 0.0f};
template <>
inline constexpr LogBase<double> kBase2<double>{0x1.7154768p+0, -0x1.6a3e80f444178p-27, 1.0, 0.0};

template <typename T> inline constexpr LogBase<T> kBase10{};
template <> inline constexpr LogBase<float> kBase10<float>{0x1.bccp-2f, -0x1.09d5b2p-15f,
                                                           0x1.344p-2f, 0x1.3509f8p-18f};
template <> inline constexpr LogBase<double> kBase10<double>{
    0x1.bcb7b18p-2, -0x1.6c8d78e6acaa4p-29, 0x1.3441350ap-2, -0x1.0c0219dc1da99p-39};

/// x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2); x is positive and finite.
template <typename T> struct LogReduced {
  T k;
  T f;
};

template <typename T> LogReduced<T> reduce_log(T x) {
  const Parts<T> parts = parts_of(x);
  std::int32_t k = parts.exponent + FloatFormat<T>::kFraction;
  T m = from_bits<T>((parts.mantissa & (kHidden<T> - 1)) | to_bits(T(1)));
  if (m > T(0x1.6a09e6p+0)) {
    m *= T(0.5);
    k += 1;
  }
  return {static_cast<T>(k), m - T(1)};
}

/// log(1 + f) - f + f^2/2 for s = f / (2 + f): s (f^2/2 + s^2 R(s^2)).
template <typename T> T log_correction(T f, T half_square) {
  const T s = f / (T(2) + f);
  const T z = s * s;
  return s * (half_square + z * log_tail(z));
}

template <typename T> bool has_finite_log(T x) { return x > T(0) && is_finite(x); }

/// The logarithm of what has no finite one.
template <typename T> T special_log(T x) {
  if (x == T(0)) return -FloatFormat<T>::kInfinity;
  return x < T(0) ? FloatFormat<T>::kNaN : x * x; // infinity and NaN stay as they are
}

template <typename T> T logarithm(T x) {
  if (!has_finite_log(x)) return special_log(x);
  const LogReduced<T> reduced = reduce_log(x);
  const T f = reduced.f;
  const T half_square = T(0.5) * f * f;
  const T correction = log_correction(f, half_square);
  return reduced.k * kLogE2<T>.high -
         ((half_square - (correction + reduced.k * kLogE2<T>.low)) - f);
}

/// x with the lower half of its mantissa cleared, so that its square and its products with
/// constants of half length are exact.
template <typename T> T upper_half(T x) {
  constexpr Word<T> kLowerHalf = (Word<T>{1} << ((FloatFormat<T>::kFraction + 2) / 2)) - 1;
  return from_bits<T>(to_bits(x) & ~kLowerHalf);
}

template <typename T> T logarithm_to_base(T x, LogBase<T> base) {
  if (!has_finite_log(x)) return special_log(x);
  const LogReduced<T> reduced = reduce_log(x);
  const T f = reduced.f;
  const T half_square = T(0.5) * f * f;
  const T high = upper_half(f - half_square);
  const T low = ((f - high) - half_square) + log_correction(f, half_square);
  const T scaled = high * base.scale_high;
  const T whole = reduced.k * base.two_high;
  const T sum = whole + scaled;
  const T lost = (whole - sum) + scaled;
  return sum + (lost +
                (reduced.k * base.two_low + (low + high) * base.scale_low + low * base.scale_high));
}

/// log(1 + x), with the rounding of 1 + x made good (Kahan).
template <typename T> T logarithm_of_one_plus(T x) {
  if (is_nan(x) || x == T(0)) return x;
  const T sum = T(1) + x;
  if (sum == T(1)) return x;
  if (!(sum > T(0)) || !is_finite(sum)) return logarithm(sum);
  const T lost = sum > T(2) ? T(1) - (sum - x) : x - (sum - T(1));
  return logarithm(sum) + lost / sum;
}

} // namespace math

RING_DETAIL_LIBRARY inline float log(float x) { return math::logarithm(x); }
RING_DETAIL_LIBRARY inline double log(double x) { return math::logarithm(x); }
RING_DETAIL_LIBRARY inline float log2(float x) {
  return math::logarithm_to_base(x, math::kBase2<float>);
}
RING_DETAIL_LIBRARY inline double log2(double x) {
  return math::logarithm_to_base(x, math::kBase2<double>);
}
RING_DETAIL_LIBRARY inline float log10(float x) {
  return math::logarithm_to_base(x, math::kBase10<float>);
}
RING_DETAIL_LIBRARY inline double log10(double x) {
  return math::logarithm_to_base(x, math::kBase10<double>);
}
RING_DETAIL_LIBRARY inline float log1p(float x) { return math::logarithm_of_one_plus(x); }
RING_DETAIL_LIBRARY inline double log1p(double x) { return math::logarithm_of_one_plus(x); }

} // namespace ring::library
