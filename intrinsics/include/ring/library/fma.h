// fma with one rounding, in integers, for targets that may round their own twice.
#pragma once

#include "ring/library/bits.h"
#include "ring/library/float_format.h"

namespace ring::library {

namespace math {

/// An integer of two words.
template <typename W> struct Wide {
  W hi;
  W lo;
};

template <typename W> inline constexpr std::int32_t kWordBits = 8 * sizeof(W);

template <typename W> Wide<W> add(Wide<W> a, Wide<W> b) {
  const W lo = a.lo + b.lo;
  return {a.hi + b.hi + (lo < a.lo ? W{1} : W{0}), lo};
}

template <typename W> Wide<W> subtract(Wide<W> a, Wide<W> b) {
  return {a.hi - b.hi - (a.lo < b.lo ? W{1} : W{0}), a.lo - b.lo};
}

template <typename W> bool less(Wide<W> a, Wide<W> b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}

template <typename W> Wide<W> shift_left(Wide<W> a, std::int32_t n) {
  if (n >= kWordBits<W>) return {a.lo << (n - kWordBits<W>), W{0}};
  if (n == 0) return a;
  return {(a.hi << n) | (a.lo >> (kWordBits<W> - n)), a.lo << n};
}

/// Bits that leave on the right stay visible in the lowest one, so that a later rounding sees them.
template <typename W> Wide<W> shift_right_sticky(Wide<W> a, std::int32_t n) {
  constexpr std::int32_t kBits = kWordBits<W>;
  if (n == 0) return a;
  if (n >= 2 * kBits) return {W{0}, (a.hi | a.lo) != 0 ? W{1} : W{0}};
  if (n >= kBits) {
    const W lost = n == kBits ? a.lo : a.lo | (a.hi << (2 * kBits - n));
    const W kept = n == kBits ? a.hi : a.hi >> (n - kBits);
    return {W{0}, kept | (lost != 0 ? W{1} : W{0})};
  }
  const W lost = a.lo << (kBits - n);
  return {a.hi >> n, (a.lo >> n) | (a.hi << (kBits - n)) | (lost != 0 ? W{1} : W{0})};
}

template <typename W> std::int32_t leading_zeros(Wide<W> a) {
  return a.hi != 0 ? leading_zeros(a.hi) : kWordBits<W> + leading_zeros(a.lo);
}

/// A sign and value * 2^exponent.
template <typename W> struct Term {
  Wide<W> value;
  std::int32_t exponent;
  bool negative;
};

/// Moves the top bit to the second place, so that a sum of two terms has room.
template <typename W> Term<W> align(Term<W> term) {
  const std::int32_t shift = leading_zeros(term.value) - 1;
  return {shift_left(term.value, shift), term.exponent - shift, term.negative};
}

/// Rounds to the nearest number, half to even. The value is not zero.
template <typename T> T round_term(Term<Word<T>> term) {
  using Format = FloatFormat<T>;
  constexpr std::int32_t kBits = Format::kBits;
  const std::int32_t shift = leading_zeros(term.value);
  Wide<Word<T>> value = shift_left(term.value, shift);
  std::int32_t exponent = term.exponent - shift + 2 * kBits - 1; // of the top bit
  if (exponent > Format::kBias) return term.negative ? -Format::kInfinity : Format::kInfinity;
  const bool subnormal = exponent < 1 - Format::kBias;
  if (subnormal) value = shift_right_sticky(value, 1 - Format::kBias - exponent);
  constexpr std::int32_t kRest = kBits - Format::kFraction - 1;
  Word<T> bits = value.hi >> kRest;
  const Word<T> rest = (value.hi << (kBits - kRest)) | (value.lo != 0 ? Word<T>{1} : Word<T>{0});
  if (!subnormal) // the hidden bit adds the one that the field lacks here
    bits += static_cast<Word<T>>(exponent + Format::kBias - 1) << Format::kFraction;
  const Word<T> half = kSign<T>;
  if (rest > half || (rest == half && (bits & 1) != 0))
    bits += 1; // a carry runs into the exponent, up to infinity, as it should
  return from_bits<T>(term.negative ? bits | kSign<T> : bits);
}

template <typename T> T multiply_add(T a, T b, T c) {
  using W = Word<T>;
  // Where nothing is rounded twice, the plain operations know all about signs and NaN.
  if (!is_finite(a) || !is_finite(b) || !is_finite(c) || a == T(0) || b == T(0)) return a * b + c;
  const Parts<T> x = parts_of(a);
  const Parts<T> y = parts_of(b);
  Term<W> big = align(Term<W>{{ring::mul_hi(x.mantissa, y.mantissa), x.mantissa * y.mantissa},
                              x.exponent + y.exponent,
                              is_negative(a) != is_negative(b)});
  if (c == T(0)) return round_term<T>(big);
  const Parts<T> z = parts_of(c);
  Term<W> small = align(Term<W>{{W{0}, z.mantissa}, z.exponent, is_negative(c)});
  if (small.exponent > big.exponent ||
      (small.exponent == big.exponent && less(big.value, small.value))) {
    const Term<W> other = big;
    big = small;
    small = other;
  }
  const Wide<W> shifted = shift_right_sticky(small.value, big.exponent - small.exponent);
  if (big.negative == small.negative) {
    big.value = add(big.value, shifted);
  } else {
    big.value = subtract(big.value, shifted);
    if ((big.value.hi | big.value.lo) == 0) return T(0);
  }
  return round_term<T>(big);
}

} // namespace math

RING_DETAIL_LIBRARY inline float fma(float a, float b, float c) {
  return math::multiply_add(a, b, c);
}
RING_DETAIL_LIBRARY inline double fma(double a, double b, double c) {
  return math::multiply_add(a, b, c);
}

} // namespace ring::library
