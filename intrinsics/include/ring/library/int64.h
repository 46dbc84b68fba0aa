// 64-bit integers made of two 32-bit words, for WGSL and for devices without them.
//
// The pass that emulates them turns u64 and i64 into the struct U64 and each operation into a call
// of one of these functions, by name. What does not depend on the sign exists once, as u64_*; the
// rest as u64_* and i64_*. Results are those of two's complement at every width; where C++ leaves
// an operand undefined (division by zero, shifts by 64 or more) the result is some value, but never
// a hang.
#pragma once

#include "ring/library/bits.h"

namespace ring::library {

/// The bits of a u64 or an i64, in the order of memory.
struct U64 {
  uint32_t lo;
  uint32_t hi;
};

// --- Addition and bits --------------------------------------------------------------------------

RING_DETAIL_LIBRARY inline U64 u64_add(U64 a, U64 b) {
  const uint32_t lo = a.lo + b.lo;
  const uint32_t carry = lo < a.lo ? 1u : 0u;
  return {lo, a.hi + b.hi + carry};
}

RING_DETAIL_LIBRARY inline U64 u64_sub(U64 a, U64 b) {
  const uint32_t borrow = a.lo < b.lo ? 1u : 0u;
  return {a.lo - b.lo, a.hi - b.hi - borrow};
}

RING_DETAIL_LIBRARY inline U64 u64_neg(U64 a) {
  const uint32_t borrow = a.lo != 0 ? 1u : 0u;
  return {0u - a.lo, 0u - a.hi - borrow};
}

RING_DETAIL_LIBRARY inline U64 u64_and(U64 a, U64 b) { return {a.lo & b.lo, a.hi & b.hi}; }
RING_DETAIL_LIBRARY inline U64 u64_or(U64 a, U64 b) { return {a.lo | b.lo, a.hi | b.hi}; }
RING_DETAIL_LIBRARY inline U64 u64_xor(U64 a, U64 b) { return {a.lo ^ b.lo, a.hi ^ b.hi}; }
RING_DETAIL_LIBRARY inline U64 u64_not(U64 a) { return {~a.lo, ~a.hi}; }

// --- Shifts by 0 to 63
// ----------------------------------------------------------------------------

RING_DETAIL_LIBRARY inline U64 u64_shl(U64 a, uint32_t n) {
  if (n >= 32) return {0u, a.lo << (n & 31)};
  if (n == 0) // the other word would be shifted by 32, which no target defines
    return a;
  return {a.lo << n, (a.hi << n) | (a.lo >> (32 - n))};
}

RING_DETAIL_LIBRARY inline U64 u64_shr(U64 a, uint32_t n) {
  if (n >= 32) return {a.hi >> (n & 31), 0u};
  if (n == 0) return a;
  return {(a.lo >> n) | (a.hi << (32 - n)), a.hi >> n};
}

RING_DETAIL_LIBRARY inline U64 i64_shr(U64 a, uint32_t n) {
  const auto hi = static_cast<std::int32_t>(a.hi);
  if (n >= 32) return {static_cast<uint32_t>(hi >> (n & 31)), static_cast<uint32_t>(hi >> 31)};
  if (n == 0) return a;
  return {(a.lo >> n) | (a.hi << (32 - n)), static_cast<uint32_t>(hi >> n)};
}

// --- Comparisons
// ----------------------------------------------------------------------------------

RING_DETAIL_LIBRARY inline bool u64_eq(U64 a, U64 b) { return a.lo == b.lo && a.hi == b.hi; }
RING_DETAIL_LIBRARY inline bool u64_ne(U64 a, U64 b) { return a.lo != b.lo || a.hi != b.hi; }
RING_DETAIL_LIBRARY inline bool u64_lt(U64 a, U64 b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo);
}
RING_DETAIL_LIBRARY inline bool u64_le(U64 a, U64 b) {
  return a.hi < b.hi || (a.hi == b.hi && a.lo <= b.lo);
}
RING_DETAIL_LIBRARY inline bool u64_gt(U64 a, U64 b) { return u64_lt(b, a); }
RING_DETAIL_LIBRARY inline bool u64_ge(U64 a, U64 b) { return u64_le(b, a); }

RING_DETAIL_LIBRARY inline bool i64_lt(U64 a, U64 b) {
  const auto a_hi = static_cast<std::int32_t>(a.hi);
  const auto b_hi = static_cast<std::int32_t>(b.hi);
  return a_hi < b_hi || (a_hi == b_hi && a.lo < b.lo);
}
RING_DETAIL_LIBRARY inline bool i64_le(U64 a, U64 b) { return !i64_lt(b, a); }
RING_DETAIL_LIBRARY inline bool i64_gt(U64 a, U64 b) { return i64_lt(b, a); }
RING_DETAIL_LIBRARY inline bool i64_ge(U64 a, U64 b) { return !i64_lt(a, b); }

RING_DETAIL_LIBRARY inline U64 u64_min(U64 a, U64 b) {
  if (u64_lt(b, a)) return b;
  return a;
}
RING_DETAIL_LIBRARY inline U64 u64_max(U64 a, U64 b) {
  if (u64_lt(a, b)) return b;
  return a;
}
RING_DETAIL_LIBRARY inline U64 i64_min(U64 a, U64 b) {
  if (i64_lt(b, a)) return b;
  return a;
}
RING_DETAIL_LIBRARY inline U64 i64_max(U64 a, U64 b) {
  if (i64_lt(a, b)) return b;
  return a;
}
RING_DETAIL_LIBRARY inline U64 u64_clamp(U64 x, U64 low, U64 high) {
  return u64_min(u64_max(x, low), high);
}
RING_DETAIL_LIBRARY inline U64 i64_clamp(U64 x, U64 low, U64 high) {
  return i64_min(i64_max(x, low), high);
}

RING_DETAIL_LIBRARY inline bool i64_is_negative(U64 a) {
  return static_cast<std::int32_t>(a.hi) < 0;
}
RING_DETAIL_LIBRARY inline U64 i64_abs(U64 a) { return i64_is_negative(a) ? u64_neg(a) : a; }

// --- Products
// -------------------------------------------------------------------------------------

/// The whole product of two words.
RING_DETAIL_LIBRARY inline U64 u64_mul_words(uint32_t a, uint32_t b) {
  return {a * b, ring::mul_hi(a, b)};
}

RING_DETAIL_LIBRARY inline U64 u64_mul(U64 a, U64 b) {
  const U64 low = u64_mul_words(a.lo, b.lo);
  return {low.lo, low.hi + a.lo * b.hi + a.hi * b.lo};
}

RING_DETAIL_LIBRARY inline U64 u64_mul_hi(U64 a, U64 b) {
  const U64 zero_high = {ring::mul_hi(a.lo, b.lo), 0u};
  const U64 middle = u64_add(u64_mul_words(a.hi, b.lo), zero_high);
  const U64 carry = u64_add(u64_mul_words(a.lo, b.hi), U64{middle.lo, 0u});
  const U64 high = u64_add(u64_mul_words(a.hi, b.hi), U64{middle.hi, 0u});
  return u64_add(high, U64{carry.hi, 0u});
}

/// The unsigned product counts a negative factor 2^64 too high.
RING_DETAIL_LIBRARY inline U64 i64_mul_hi(U64 a, U64 b) {
  U64 high = u64_mul_hi(a, b);
  if (i64_is_negative(a)) high = u64_sub(high, b);
  if (i64_is_negative(b)) high = u64_sub(high, a);
  return high;
}

// --- Division
// -------------------------------------------------------------------------------------

/// One 16-bit digit of a quotient: (remainder, digit) divided by a divisor whose top bit is set.
/// Gives the digit in `lo` and the new remainder in `hi`.
RING_DETAIL_LIBRARY inline U64 u64_divide_digit(uint32_t remainder, uint32_t next_digit,
                                                uint32_t divisor) {
  const uint32_t divisor_high = divisor >> 16;
  const uint32_t divisor_low = divisor & 0xffffu;
  uint32_t digit = remainder / divisor_high;
  uint32_t rest = remainder - digit * divisor_high;
  // The guess from the upper half of the divisor is at most two too high.
  while (digit >= 0x10000u || digit * divisor_low > ((rest << 16) | next_digit)) {
    digit -= 1;
    rest += divisor_high;
    if (rest >= 0x10000u) break;
  }
  return {digit, ((remainder << 16) | next_digit) - digit * divisor};
}

/// (high, low) / divisor for high < divisor: schoolbook division in digits of 16 bits (Knuth,
/// The Art of Computer Programming 2, 4.3.1 D; after Warren, Hacker's Delight, 9-4).
RING_DETAIL_LIBRARY inline uint32_t u64_divide_by_word(U64 a, uint32_t divisor) {
  const auto shift = static_cast<uint32_t>(countl_zero(divisor));
  const uint32_t scaled_divisor = divisor << shift;
  const U64 scaled = u64_shl(a, shift);
  const U64 first = u64_divide_digit(scaled.hi, scaled.lo >> 16, scaled_divisor);
  const U64 second = u64_divide_digit(first.hi, scaled.lo & 0xffffu, scaled_divisor);
  return (first.lo << 16) + second.lo;
}

/// a / b for b >= 2^32, whose quotient fits a word: divides by the upper word of the scaled
/// divisor, which gives the quotient or one more (Warren, Hacker's Delight, 9-5).
RING_DETAIL_LIBRARY inline U64 u64_divide_by_large(U64 a, U64 b) {
  const auto shift = static_cast<uint32_t>(countl_zero(b.hi));
  const uint32_t divisor = u64_shl(b, shift).hi;
  const uint32_t guess = u64_divide_by_word(u64_shr(a, 1), divisor);
  uint32_t quotient = u64_shr(u64_shl(U64{guess, 0u}, shift), 31).lo;
  if (quotient != 0) quotient -= 1;
  const U64 rest = u64_sub(a, u64_mul(U64{quotient, 0u}, b));
  if (u64_le(b, rest)) quotient += 1;
  return {quotient, 0u};
}

RING_DETAIL_LIBRARY inline U64 u64_div(U64 a, U64 b) {
  if (b.hi != 0) return u64_divide_by_large(a, b);
  if (b.lo == 0) return {0xffffffffu, 0xffffffffu};
  const uint32_t high = a.hi / b.lo;
  const uint32_t rest = a.hi - high * b.lo;
  if (rest == 0) return {a.lo / b.lo, high};
  return {u64_divide_by_word(U64{a.lo, rest}, b.lo), high};
}

RING_DETAIL_LIBRARY inline U64 u64_rem(U64 a, U64 b) {
  return u64_sub(a, u64_mul(u64_div(a, b), b));
}

RING_DETAIL_LIBRARY inline U64 i64_div(U64 a, U64 b) {
  const U64 quotient = u64_div(i64_abs(a), i64_abs(b));
  return i64_is_negative(a) != i64_is_negative(b) ? u64_neg(quotient) : quotient;
}

RING_DETAIL_LIBRARY inline U64 i64_rem(U64 a, U64 b) {
  return u64_sub(a, u64_mul(i64_div(a, b), b));
}

// --- Counting and moving bits
// -----------------------------------------------------------------------

RING_DETAIL_LIBRARY inline std::int32_t u64_popcount(U64 a) {
  return __builtin_popcount(a.lo) + __builtin_popcount(a.hi);
}
RING_DETAIL_LIBRARY inline std::int32_t u64_countl_zero(U64 a) {
  return a.hi != 0 ? 31 - native::find_msb(a.hi) : 63 - native::find_msb(a.lo);
}
RING_DETAIL_LIBRARY inline std::int32_t u64_countr_zero(U64 a) {
  if (a.lo != 0) return native::find_lsb(a.lo);
  return a.hi != 0 ? 32 + native::find_lsb(a.hi) : 64;
}
RING_DETAIL_LIBRARY inline std::int32_t u64_countl_one(U64 a) {
  return u64_countl_zero(u64_not(a));
}
RING_DETAIL_LIBRARY inline std::int32_t u64_countr_one(U64 a) {
  return u64_countr_zero(u64_not(a));
}
RING_DETAIL_LIBRARY inline U64 u64_rotl(U64 a, std::int32_t s) {
  const uint32_t left = static_cast<uint32_t>(s) & 63;
  return u64_or(u64_shl(a, left), u64_shr(a, (64 - left) & 63));
}
RING_DETAIL_LIBRARY inline U64 u64_rotr(U64 a, std::int32_t s) { return u64_rotl(a, -s); }
RING_DETAIL_LIBRARY inline U64 u64_byteswap(U64 a) {
  return {ring::byteswap(a.hi), ring::byteswap(a.lo)};
}
RING_DETAIL_LIBRARY inline U64 u64_bit_reverse(U64 a) {
  return {ring::bit_reverse(a.hi), ring::bit_reverse(a.lo)};
}

// --- Conversions: <to>_from_<from>
// --------------------------------------------------------------------

RING_DETAIL_LIBRARY inline U64 u64_from_u32(uint32_t x) { return {x, 0u}; }
/// Extends the sign; also i64 from i32.
RING_DETAIL_LIBRARY inline U64 u64_from_i32(std::int32_t x) {
  return {static_cast<uint32_t>(x), static_cast<uint32_t>(x >> 31)};
}
RING_DETAIL_LIBRARY inline U64 u64_from_bool(bool x) { return {x ? 1u : 0u, 0u}; }
RING_DETAIL_LIBRARY inline uint32_t u32_from_u64(U64 a) { return a.lo; }
RING_DETAIL_LIBRARY inline std::int32_t i32_from_u64(U64 a) {
  return static_cast<std::int32_t>(a.lo);
}
RING_DETAIL_LIBRARY inline bool bool_from_u64(U64 a) { return (a.lo | a.hi) != 0; }

/// Rounds towards zero. Each step is exact: a float has no more than 24 bits to give to the words.
RING_DETAIL_LIBRARY inline U64 u64_from_f32(float x) {
  const auto hi = static_cast<uint32_t>(x * 0x1p-32f);
  return {static_cast<uint32_t>(x - static_cast<float>(hi) * 0x1p32f), hi};
}
RING_DETAIL_LIBRARY inline U64 i64_from_f32(float x) {
  return x < 0.0f ? u64_neg(u64_from_f32(-x)) : u64_from_f32(x);
}

/// Rounds to the nearest float, half to even. Not left to the device's conversion of a word, whose
/// rounding WGSL does not fix.
RING_DETAIL_LIBRARY inline float f32_from_u64(U64 a) {
  const std::int32_t zeros = u64_countl_zero(a);
  if (zeros == 64) return 0.0f;
  const U64 scaled = u64_shl(a, static_cast<uint32_t>(zeros)); // the top bit is set
  uint32_t mantissa = scaled.hi >> 8;
  const uint32_t rest = scaled.hi & 0xffu;
  const bool above_half = rest > 0x80u || (rest == 0x80u && scaled.lo != 0);
  const bool odd_half = rest == 0x80u && scaled.lo == 0 && (mantissa & 1) != 0;
  if (above_half || odd_half) mantissa += 1;
  const auto exponent = static_cast<uint32_t>(127 + 40 - zeros);
  return static_cast<float>(mantissa) * __builtin_bit_cast(float, exponent << 23);
}
RING_DETAIL_LIBRARY inline float f32_from_i64(U64 a) {
  return i64_is_negative(a) ? -f32_from_u64(u64_neg(a)) : f32_from_u64(a);
}

} // namespace ring::library
