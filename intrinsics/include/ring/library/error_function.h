// erf and erfc.
#pragma once

#include "ring/library/exponential.h"
#include "ring/library/float_format.h"
#include "ring/library/polynomials.h"

namespace ring::library {

namespace math {

/// erfc(x) for x >= 1/2: exp(-x^2) times a smooth function. The square is split, so that its
/// rounding does not grow in the exponential: x^2 = short^2 + (x - short) (x + short), short^2
/// exact.
template <typename T> T complement_of_large(T x) {
  if (x > T(28)) // smaller than any number
    return T(0);
  const T inverse = T(1) / (x + T(3));
  const T smooth = erfc_scaled((x - T(3)) * inverse) * inverse;
  const T head = upper_half(x);
  return exponential(-head * head) * exponential((head - x) * (head + x)) * smooth;
}

template <typename T> T error_function(T x) {
  if (is_nan(x)) return x;
  const T magnitude = native::fabs(x);
  if (magnitude <= T(1)) return x + x * erf_tail(x * x);
  return with_sign_of(T(1) - complement_of_large(magnitude), x);
}

template <typename T> T error_complement(T x) {
  if (is_nan(x)) return x;
  if (x < T(-1)) return T(2) - complement_of_large(-x);
  if (x < T(0.5)) return T(1) - (x + x * erf_tail(x * x));
  return complement_of_large(x);
}

} // namespace math

RING_DETAIL_LIBRARY inline float erf(float x) { return math::error_function(x); }
RING_DETAIL_LIBRARY inline double erf(double x) { return math::error_function(x); }
RING_DETAIL_LIBRARY inline float erfc(float x) { return math::error_complement(x); }
RING_DETAIL_LIBRARY inline double erfc(double x) { return math::error_complement(x); }

} // namespace ring::library
