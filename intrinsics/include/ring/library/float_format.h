// The bits of float and double, and what the math functions say with them.
#pragma once

#include "ring/library/native.h"

namespace ring::library::math {

template <typename T> struct FloatFormat;

template <> struct FloatFormat<float> {
  using Word = std::uint32_t;
  static constexpr std::int32_t kBits = 32;
  static constexpr std::int32_t kFraction = 23; // bits that are stored of the mantissa
  static constexpr std::int32_t kBias = 127;
  static constexpr float kInfinity = __builtin_huge_valf();
  static constexpr float kNaN = __builtin_nanf("");
};

template <> struct FloatFormat<double> {
  using Word = std::uint64_t;
  static constexpr std::int32_t kBits = 64;
  static constexpr std::int32_t kFraction = 52;
  static constexpr std::int32_t kBias = 1023;
  static constexpr double kInfinity = __builtin_huge_val();
  static constexpr double kNaN = __builtin_nan("");
};

template <typename T> using Word = typename FloatFormat<T>::Word;

template <typename T> inline constexpr Word<T> kSign = Word<T>{1} << (FloatFormat<T>::kBits - 1);
template <typename T> inline constexpr Word<T> kHidden = Word<T>{1} << FloatFormat<T>::kFraction;
template <typename T> inline constexpr Word<T> kInfinityBits =
    (Word<T>{2} * FloatFormat<T>::kBias + 1) << FloatFormat<T>::kFraction;

template <typename T> Word<T> to_bits(T x) { return __builtin_bit_cast(Word<T>, x); }
template <typename T> T from_bits(Word<T> bits) { return __builtin_bit_cast(T, bits); }

template <typename T> Word<T> magnitude_bits(T x) { return to_bits(x) & ~kSign<T>; }
template <typename T> bool is_nan(T x) { return magnitude_bits(x) > kInfinityBits<T>; }
template <typename T> bool is_infinite(T x) { return magnitude_bits(x) == kInfinityBits<T>; }
template <typename T> bool is_finite(T x) { return magnitude_bits(x) < kInfinityBits<T>; }
template <typename T> bool is_negative(T x) { return (to_bits(x) & kSign<T>) != 0; }

template <typename T> T with_sign_of(T magnitude, T sign) {
  return from_bits<T>(magnitude_bits(magnitude) | (to_bits(sign) & kSign<T>));
}

/// 2^k for the exponents of normal numbers.
template <typename T> T power_of_two(std::int32_t k) {
  return from_bits<T>(static_cast<Word<T>>(k + FloatFormat<T>::kBias) << FloatFormat<T>::kFraction);
}

/// x * 2^k with one rounding, for any k. Going down, a step leaves room for the whole mantissa, so
/// that only the last one can round.
template <typename T> T scale(T x, std::int32_t k) {
  constexpr std::int32_t kTop = FloatFormat<T>::kBias;
  constexpr std::int32_t kDown = kTop - 1 - FloatFormat<T>::kFraction - 1;
  for (std::int32_t step = 0; step < 2 && k > kTop; ++step) {
    x *= power_of_two<T>(kTop);
    k -= kTop;
  }
  for (std::int32_t step = 0; step < 2 && k < 1 - kTop; ++step) {
    x *= power_of_two<T>(-kDown);
    k += kDown;
  }
  k = k > kTop ? kTop : k < 1 - kTop ? 1 - kTop : k;
  return x * power_of_two<T>(k);
}

/// A finite number other than zero: |x| = mantissa * 2^exponent, the mantissa's hidden bit set.
template <typename T> struct Parts {
  Word<T> mantissa;
  std::int32_t exponent;
};

inline std::int32_t leading_zeros(std::uint32_t x) { return 31 - native::find_msb(x); }
inline std::int32_t leading_zeros(std::uint64_t x) {
  const auto high = static_cast<std::uint32_t>(x >> 32);
  return high != 0 ? leading_zeros(high) : 32 + leading_zeros(static_cast<std::uint32_t>(x));
}

template <typename T> Parts<T> parts_of(T x) {
  constexpr std::int32_t kUnit = 1 - FloatFormat<T>::kBias - FloatFormat<T>::kFraction;
  const Word<T> bits = magnitude_bits(x);
  const auto field = static_cast<std::int32_t>(bits >> FloatFormat<T>::kFraction);
  if (field != 0) return {(bits & (kHidden<T> - 1)) | kHidden<T>, field - 1 + kUnit};
  const std::int32_t shift =
      leading_zeros(bits) - (FloatFormat<T>::kBits - FloatFormat<T>::kFraction - 1);
  return {bits << shift, kUnit - shift};
}

/// The exponent e of |x| = m * 2^e, 1 <= m < 2.
template <typename T> std::int32_t exponent_of(T x) {
  return parts_of(x).exponent + FloatFormat<T>::kFraction;
}

} // namespace ring::library::math
