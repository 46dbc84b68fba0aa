// sin, cos, tan of any argument, and their inverses.
#pragma once

#include "ring/library/float_format.h"
#include "ring/library/polynomials.h"

namespace ring::library {

namespace math {

/// pi/2 in pieces. The product of a quarter turn's number with all but the last is exact.
template <typename T> struct HalfPi {
  T whole;
  T rest; // pi/2 - whole
  T pieces[4];
  T inverse;
  T reach; // largest argument whose number of quarter turns is short enough
};

template <typename T> inline constexpr HalfPi<T> kHalfPi{};
template <> inline constexpr HalfPi<float> kHalfPi<float>{
    0x1.921fb6p+0f,
    -0x1.777a5cp-25f,
    {0x1.92p+0f, 0x1.fbp-12f, 0x1.51p-22f, 0x1.0b4612p-34f},
    0x1.45f306p-1f,
    8192.0f};
template <> inline constexpr HalfPi<double> kHalfPi<double>{
    0x1.921fb54442d18p+0,
    0x1.1a62633145c07p-54,
    {0x1.921fb544p+0, 0x1.0b4611a6p-34, 0x1.3198a2ep-69, 0x1.b839a252049c1p-104},
    0x1.45f306dc9c883p-1,
    1048576.0};

/// The bits of 2/pi after the binary point, behind one word of zeros.
inline constexpr std::uint32_t kTwoByPi32[] = {0x00000000, 0xa2f9836e, 0x4e441529, 0xfc2757d1,
                                               0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab};
inline constexpr std::uint64_t kTwoByPi64[] = {
    0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041,
    0xfe5163abdebbc561, 0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e,
    0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b,
    0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
    0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab};

inline std::uint32_t two_by_pi_word(std::uint32_t, std::int32_t i) { return kTwoByPi32[i]; }
inline std::uint64_t two_by_pi_word(std::uint64_t, std::int32_t i) { return kTwoByPi64[i]; }

/// One word of 2/pi from bit `offset` on.
template <typename W> W two_by_pi_bits(std::int32_t offset) {
  constexpr std::int32_t kBits = 8 * sizeof(W);
  const std::int32_t shift = offset % kBits;
  const W high = two_by_pi_word(W{0}, offset / kBits);
  if (shift == 0) return high;
  return (high << shift) | (two_by_pi_word(W{0}, offset / kBits + 1) >> (kBits - shift));
}

/// |x| = n quarter turns + angle, |angle| <= pi/4 or a little more; only n modulo 4 counts.
template <typename T> struct Angle {
  T angle;
  std::int32_t quadrant;
};

template <typename T> Angle<T> reduce_short(T magnitude) {
  const T turns = native::rint(magnitude * kHalfPi<T>.inverse);
  T angle = magnitude - turns * kHalfPi<T>.pieces[0];
  angle -= turns * kHalfPi<T>.pieces[1];
  angle -= turns * kHalfPi<T>.pieces[2];
  angle -= turns * kHalfPi<T>.pieces[3];
  return {angle, static_cast<std::int32_t>(turns) & 3};
}

/// The product of the mantissa with those bits of 2/pi that count modulo 4 quarter turns (Payne and
/// Hanek, Radian Reduction for Trigonometric Functions, 1983).
template <typename T> Angle<T> reduce_long(T magnitude) {
  using W = Word<T>;
  constexpr std::int32_t kBits = FloatFormat<T>::kBits;
  const Parts<T> parts = parts_of(magnitude);
  const std::int32_t offset = parts.exponent + kBits - 2; // its bit stands for two quarter turns
  const W high = two_by_pi_bits<W>(offset);
  const W middle = two_by_pi_bits<W>(offset + kBits);
  const W low = two_by_pi_bits<W>(offset + 2 * kBits);

  const W product0 = parts.mantissa * low;
  const W carry0 = ring::mul_hi(parts.mantissa, low);
  const W product1 = parts.mantissa * middle + carry0;
  const W carry1 = ring::mul_hi(parts.mantissa, middle) + (product1 < carry0 ? W{1} : W{0});
  const W product2 = parts.mantissa * high + carry1;

  auto quadrant = static_cast<std::int32_t>(product2 >> (kBits - 2));
  W fraction = (product2 << 2) | (product1 >> (kBits - 2));
  W rest = (product1 << 2) | (product0 >> (kBits - 2));
  const bool rounds_up = (fraction & kSign<T>) != 0;
  if (rounds_up) { // the angle to the next quarter turn is nearer
    quadrant = (quadrant + 1) & 3;
    fraction = ~fraction + (rest == 0 ? W{1} : W{0});
    rest = W{0} - rest;
  }
  const std::int32_t zeros = fraction == 0 ? kBits : leading_zeros(fraction);
  const W top = zeros == kBits ? rest
                : zeros == 0   ? fraction
                               : (fraction << zeros) | (rest >> (kBits - zeros));
  const T turns = static_cast<T>(top) * power_of_two<T>(-kBits - zeros);
  const T angle = turns * kHalfPi<T>.whole;
  return {rounds_up ? -angle : angle, quadrant};
}

template <typename T> Angle<T> reduce_angle(T magnitude) {
  return magnitude < kHalfPi<T>.reach ? reduce_short(magnitude) : reduce_long(magnitude);
}

/// For |x| <= pi/4.
template <typename T> T sine_kernel(T x) {
  const T z = x * x;
  return x + x * z * sin_tail(z);
}

template <typename T> T cosine_kernel(T x) {
  const T z = x * x;
  const T half = T(0.5) * z;
  const T high = T(1) - half;
  return high + (((T(1) - high) - half) + z * z * cos_tail(z));
}

template <typename T> T sine(T x) {
  if (!is_finite(x)) return FloatFormat<T>::kNaN;
  const Angle<T> reduced = reduce_angle(native::fabs(x));
  const T value =
      (reduced.quadrant & 1) != 0 ? cosine_kernel(reduced.angle) : sine_kernel(reduced.angle);
  return ((reduced.quadrant & 2) != 0) != is_negative(x) ? -value : value;
}

template <typename T> T cosine(T x) {
  if (!is_finite(x)) return FloatFormat<T>::kNaN;
  const Angle<T> reduced = reduce_angle(native::fabs(x));
  const T value =
      (reduced.quadrant & 1) != 0 ? sine_kernel(reduced.angle) : cosine_kernel(reduced.angle);
  return ((reduced.quadrant + 1) & 2) != 0 ? -value : value;
}

template <typename T> T tangent(T x) {
  if (!is_finite(x)) return FloatFormat<T>::kNaN;
  const Angle<T> reduced = reduce_angle(native::fabs(x));
  const T s = sine_kernel(reduced.angle);
  const T c = cosine_kernel(reduced.angle);
  const T value = (reduced.quadrant & 1) != 0 ? -c / s : s / c;
  return is_negative(x) ? -value : value;
}

// --- Inverses -----------------------------------------------------------------------------------

/// atan(x) = base + atan(t), |t| <= tan(pi/8).
template <typename T> T arc_tangent(T x) {
  if (is_nan(x)) return x;
  const T magnitude = native::fabs(x);
  T t = magnitude;
  T share = T(0); // of pi/2
  if (magnitude > T(2.414213562373095)) {
    t = T(-1) / magnitude;
    share = T(1);
  } else if (magnitude > T(0.41421356237309503)) {
    t = (magnitude - T(1)) / (magnitude + T(1));
    share = T(0.5);
  }
  const T z = t * t;
  const T tail = t * z * atan_tail(z) + share * kHalfPi<T>.rest;
  return with_sign_of(share * kHalfPi<T>.whole + (t + tail), x);
}

template <typename T> T arc_tangent_of_ratio(T y, T x) {
  if (is_nan(x) || is_nan(y)) return FloatFormat<T>::kNaN;
  T angle; // between the x axis and (|x|, |y|)
  if (y == T(0))
    angle = T(0);
  else if (is_infinite(x))
    angle = is_infinite(y) ? T(0.5) * kHalfPi<T>.whole : T(0);
  else if (x == T(0) || is_infinite(y))
    angle = kHalfPi<T>.whole;
  else
    angle = arc_tangent(native::fabs(y / x));
  if (is_negative(x)) angle = T(2) * kHalfPi<T>.whole - (angle - T(2) * kHalfPi<T>.rest);
  return with_sign_of(angle, y);
}

/// asin for |x| <= 1/2.
template <typename T> T arc_sine_kernel(T x) {
  const T z = x * x;
  return x + x * z * asin_tail(z);
}

/// acos(x) = 2 asin(sqrt((1 - x) / 2)), for 1/2 <= x <= 1.
template <typename T> T arc_cosine_near_one(T x) {
  const T z = T(0.5) * (T(1) - x);
  const T root = native::sqrt(z);
  return T(2) * arc_sine_kernel(root);
}

template <typename T> T arc_sine(T x) {
  const T magnitude = native::fabs(x);
  if (magnitude <= T(0.5)) return arc_sine_kernel(x);
  if (!(magnitude <= T(1))) return FloatFormat<T>::kNaN;
  const T away = arc_cosine_near_one(magnitude);
  return with_sign_of(kHalfPi<T>.whole - (away - kHalfPi<T>.rest), x);
}

template <typename T> T arc_cosine(T x) {
  const T magnitude = native::fabs(x);
  if (magnitude <= T(0.5)) return kHalfPi<T>.whole - (arc_sine_kernel(x) - kHalfPi<T>.rest);
  if (!(magnitude <= T(1))) return FloatFormat<T>::kNaN;
  const T near = arc_cosine_near_one(magnitude);
  if (x > T(0)) return near;
  return T(2) * kHalfPi<T>.whole - (near - T(2) * kHalfPi<T>.rest);
}

} // namespace math

RING_DETAIL_LIBRARY inline float sin(float x) { return math::sine(x); }
RING_DETAIL_LIBRARY inline double sin(double x) { return math::sine(x); }
RING_DETAIL_LIBRARY inline float cos(float x) { return math::cosine(x); }
RING_DETAIL_LIBRARY inline double cos(double x) { return math::cosine(x); }
RING_DETAIL_LIBRARY inline float tan(float x) { return math::tangent(x); }
RING_DETAIL_LIBRARY inline double tan(double x) { return math::tangent(x); }
RING_DETAIL_LIBRARY inline float asin(float x) { return math::arc_sine(x); }
RING_DETAIL_LIBRARY inline double asin(double x) { return math::arc_sine(x); }
RING_DETAIL_LIBRARY inline float acos(float x) { return math::arc_cosine(x); }
RING_DETAIL_LIBRARY inline double acos(double x) { return math::arc_cosine(x); }
RING_DETAIL_LIBRARY inline float atan(float x) { return math::arc_tangent(x); }
RING_DETAIL_LIBRARY inline double atan(double x) { return math::arc_tangent(x); }
RING_DETAIL_LIBRARY inline float atan2(float y, float x) {
  return math::arc_tangent_of_ratio(y, x);
}
RING_DETAIL_LIBRARY inline double atan2(double y, double x) {
  return math::arc_tangent_of_ratio(y, x);
}

} // namespace ring::library
