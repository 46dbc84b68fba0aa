// exp, exp2, expm1 and the hyperbolic functions.
#pragma once

#include "ring/library/float_format.h"
#include "ring/library/logarithm.h"
#include "ring/library/polynomials.h"

namespace ring::library {

namespace math {

template <typename T> struct ExpLimits;
template <> struct ExpLimits<float> {
  static constexpr float kOverflow = 0x1.62e43p+6f;    // exp is infinite above
  static constexpr float kUnderflow = -0x1.9fe368p+6f; // and zero below
  static constexpr float kOneIsLost = 18.0f;           // exp(x) - 1 rounds to exp(x)
};
template <> struct ExpLimits<double> {
  static constexpr double kOverflow = 0x1.62e42fefa39efp+9;
  static constexpr double kUnderflow = -0x1.74910d52d3052p+9;
  static constexpr double kOneIsLost = 40.0;
};

/// x = k ln 2 + high + low, |high| <= 0.35 (Cody and Waite: k times the short half of ln 2 is
/// exact).
template <typename T> struct ExpReduced {
  std::int32_t k;
  T high;
  T low;
};

template <typename T> ExpReduced<T> reduce_exp(T x) {
  const T k = native::rint(x * kLogE2<T>.inverse);
  const T high = x - k * kLogE2<T>.high;
  const T low = k * kLogE2<T>.low;
  const T r = high - low;
  return {static_cast<std::int32_t>(k), r, (high - r) - low};
}

/// exp(r) - 1 for |r| <= 0.35.
template <typename T> T expm1_kernel(T r) { return r + r * r * (T(0.5) + r * exp_tail(r)); }

template <typename T> T exponential(T x) {
  if (is_nan(x)) return x;
  if (x > ExpLimits<T>::kOverflow) return FloatFormat<T>::kInfinity;
  if (x < ExpLimits<T>::kUnderflow) return T(0);
  const ExpReduced<T> reduced = reduce_exp(x);
  return scale(T(1) + (expm1_kernel(reduced.high) + reduced.low), reduced.k);
}

template <typename T> T exponential_of_two(T x) {
  if (is_nan(x)) return x;
  if (x >= T(FloatFormat<T>::kBias + 1)) return FloatFormat<T>::kInfinity;
  if (x < -T(FloatFormat<T>::kBias + FloatFormat<T>::kFraction + 1)) return T(0);
  const T k = native::rint(x);
  return scale(T(1) + expm1_kernel((x - k) * kLogE2<T>.whole), static_cast<std::int32_t>(k));
}

template <typename T> T exponential_minus_one(T x) {
  if (is_nan(x) || x == T(0)) return x;
  if (x > ExpLimits<T>::kOneIsLost) return exponential(x);
  if (x < -ExpLimits<T>::kOneIsLost) return T(-1);
  const ExpReduced<T> reduced = reduce_exp(x);
  const T kernel = expm1_kernel(reduced.high);
  const T minus_one = kernel + (reduced.low + reduced.low * kernel);
  if (reduced.k == 0) return minus_one;
  const T power = power_of_two<T>(reduced.k);
  return power * minus_one + (power - T(1));
}

template <typename T> T hyperbolic_sine(T x) {
  const T magnitude = native::fabs(x);
  // Halved in the exponent, because exp may overflow where sinh does not.
  if (magnitude > ExpLimits<T>::kOneIsLost) {
    const T root = exponential(T(0.5) * magnitude);
    return with_sign_of((T(0.5) * root) * root, x);
  }
  const T e = exponential_minus_one(magnitude);
  const T sum = magnitude < T(1) ? T(2) * e - e * e / (e + T(1)) : e + e / (e + T(1));
  return is_nan(x) ? x : with_sign_of(T(0.5) * sum, x);
}

template <typename T> T hyperbolic_cosine(T x) {
  const T magnitude = native::fabs(x);
  if (magnitude > ExpLimits<T>::kOneIsLost) {
    const T root = exponential(T(0.5) * magnitude);
    return (T(0.5) * root) * root;
  }
  if (magnitude < T(0.35)) {
    const T e = exponential_minus_one(magnitude);
    return T(1) + e * e / (T(2) * (T(1) + e));
  }
  const T e = exponential(magnitude);
  return T(0.5) * e + T(0.5) / e;
}

template <typename T> T hyperbolic_tangent(T x) {
  if (is_nan(x)) return x;
  const T magnitude = native::fabs(x);
  if (magnitude > ExpLimits<T>::kOneIsLost) return with_sign_of(T(1), x);
  if (magnitude >= T(0.5))
    return with_sign_of(T(1) - T(2) / (exponential_minus_one(T(2) * magnitude) + T(2)), x);
  const T e = exponential_minus_one(T(-2) * magnitude);
  return with_sign_of(-e / (e + T(2)), x);
}

template <typename T> T inverse_hyperbolic_sine(T x) {
  if (!is_finite(x)) return x;
  const T magnitude = native::fabs(x);
  if (magnitude > T(0x1p28)) // the square root is magnitude itself
    return with_sign_of(logarithm(magnitude) + kLogE2<T>.whole, x);
  const T square = magnitude * magnitude;
  return with_sign_of(
      logarithm_of_one_plus(magnitude + square / (T(1) + native::sqrt(square + T(1)))), x);
}

template <typename T> T inverse_hyperbolic_cosine(T x) {
  if (x > T(0x1p28)) return logarithm(x) + kLogE2<T>.whole;
  const T above = x - T(1);
  return logarithm_of_one_plus(above + native::sqrt(T(2) * above + above * above));
}

template <typename T> T inverse_hyperbolic_tangent(T x) {
  const T magnitude = native::fabs(x);
  const T ratio = T(2) * magnitude / (T(1) - magnitude);
  return is_nan(x) ? x : with_sign_of(T(0.5) * logarithm_of_one_plus(ratio), x);
}

} // namespace math

RING_DETAIL_LIBRARY inline float exp(float x) { return math::exponential(x); }
RING_DETAIL_LIBRARY inline double exp(double x) { return math::exponential(x); }
RING_DETAIL_LIBRARY inline float exp2(float x) { return math::exponential_of_two(x); }
RING_DETAIL_LIBRARY inline double exp2(double x) { return math::exponential_of_two(x); }
RING_DETAIL_LIBRARY inline float expm1(float x) { return math::exponential_minus_one(x); }
RING_DETAIL_LIBRARY inline double expm1(double x) { return math::exponential_minus_one(x); }
RING_DETAIL_LIBRARY inline float sinh(float x) { return math::hyperbolic_sine(x); }
RING_DETAIL_LIBRARY inline double sinh(double x) { return math::hyperbolic_sine(x); }
RING_DETAIL_LIBRARY inline float cosh(float x) { return math::hyperbolic_cosine(x); }
RING_DETAIL_LIBRARY inline double cosh(double x) { return math::hyperbolic_cosine(x); }
RING_DETAIL_LIBRARY inline float tanh(float x) { return math::hyperbolic_tangent(x); }
RING_DETAIL_LIBRARY inline double tanh(double x) { return math::hyperbolic_tangent(x); }
RING_DETAIL_LIBRARY inline float asinh(float x) { return math::inverse_hyperbolic_sine(x); }
RING_DETAIL_LIBRARY inline double asinh(double x) { return math::inverse_hyperbolic_sine(x); }
RING_DETAIL_LIBRARY inline float acosh(float x) { return math::inverse_hyperbolic_cosine(x); }
RING_DETAIL_LIBRARY inline double acosh(double x) { return math::inverse_hyperbolic_cosine(x); }
RING_DETAIL_LIBRARY inline float atanh(float x) { return math::inverse_hyperbolic_tangent(x); }
RING_DETAIL_LIBRARY inline double atanh(double x) { return math::inverse_hyperbolic_tangent(x); }

} // namespace ring::library
