// Integer functions for targets that lack them: the library versions of the table's integer rows.
//
// Each row has one overload for each width it can be asked for. The 64-bit ones are for targets
// that have 64-bit integers but not the function; where the integers themselves are emulated,
// int64.h has its own. Everything here rests on find_msb, find_lsb, popcount and mul_hi of 32 bits.
#pragma once

#include "ring/library/native.h"

namespace ring::library {

using std::uint16_t;
using std::uint32_t;
using std::uint64_t;
using std::uint8_t;

// --- What the rest builds on ------------------------------------------------------------------

/// For a target without such an instruction: halves, quarters, ... of the word.
RING_DETAIL_LIBRARY inline std::int32_t find_msb(uint32_t x) {
  if (x == 0) return -1;
  std::int32_t n = 0;
  for (uint32_t half = 16; half > 0; half /= 2) {
    if (x >> half != 0) {
      x >>= half;
      n += static_cast<std::int32_t>(half);
    }
  }
  return n;
}

RING_DETAIL_LIBRARY inline std::int32_t find_lsb(uint32_t x) {
  return native::find_msb(x & (0u - x)); // only the lowest bit is left
}

// --- Counting ---------------------------------------------------------------------------------

/// Adds up neighbouring bits, pairs, fours (Warren, Hacker's Delight, 5-1).
RING_DETAIL_LIBRARY inline std::int32_t popcount(uint32_t x) {
  x = x - ((x >> 1) & 0x55555555u);
  x = (x & 0x33333333u) + ((x >> 2) & 0x33333333u);
  x = (x + (x >> 4)) & 0x0f0f0f0fu;
  return static_cast<std::int32_t>((x * 0x01010101u) >> 24);
}
RING_DETAIL_LIBRARY inline std::int32_t popcount(uint8_t x) { return __builtin_popcount(x); }
RING_DETAIL_LIBRARY inline std::int32_t popcount(uint16_t x) { return __builtin_popcount(x); }
RING_DETAIL_LIBRARY inline std::int32_t popcount(uint64_t x) {
  return __builtin_popcount(static_cast<uint32_t>(x)) +
         __builtin_popcount(static_cast<uint32_t>(x >> 32));
}

RING_DETAIL_LIBRARY inline std::int32_t countl_zero(uint32_t x) { return 31 - native::find_msb(x); }
RING_DETAIL_LIBRARY inline std::int32_t countl_zero(uint8_t x) { return 7 - native::find_msb(x); }
RING_DETAIL_LIBRARY inline std::int32_t countl_zero(uint16_t x) { return 15 - native::find_msb(x); }
RING_DETAIL_LIBRARY inline std::int32_t countl_zero(uint64_t x) {
  const auto high = static_cast<uint32_t>(x >> 32);
  return high != 0 ? 31 - native::find_msb(high) : 63 - native::find_msb(static_cast<uint32_t>(x));
}

RING_DETAIL_LIBRARY inline std::int32_t countr_zero(uint32_t x) {
  return x == 0 ? 32 : native::find_lsb(x);
}
RING_DETAIL_LIBRARY inline std::int32_t countr_zero(uint8_t x) {
  return native::find_lsb(x | 0x100u);
}
RING_DETAIL_LIBRARY inline std::int32_t countr_zero(uint16_t x) {
  return native::find_lsb(x | 0x10000u);
}
RING_DETAIL_LIBRARY inline std::int32_t countr_zero(uint64_t x) {
  const auto low = static_cast<uint32_t>(x);
  return low != 0 ? native::find_lsb(low) : 32 + countr_zero(static_cast<uint32_t>(x >> 32));
}

RING_DETAIL_LIBRARY inline std::int32_t countl_one(uint8_t x) {
  return countl_zero(static_cast<uint8_t>(~x));
}
RING_DETAIL_LIBRARY inline std::int32_t countl_one(uint16_t x) {
  return countl_zero(static_cast<uint16_t>(~x));
}
RING_DETAIL_LIBRARY inline std::int32_t countl_one(uint32_t x) { return countl_zero(~x); }
RING_DETAIL_LIBRARY inline std::int32_t countl_one(uint64_t x) { return countl_zero(~x); }

RING_DETAIL_LIBRARY inline std::int32_t countr_one(uint8_t x) {
  return countr_zero(static_cast<uint8_t>(~x));
}
RING_DETAIL_LIBRARY inline std::int32_t countr_one(uint16_t x) {
  return countr_zero(static_cast<uint16_t>(~x));
}
RING_DETAIL_LIBRARY inline std::int32_t countr_one(uint32_t x) { return countr_zero(~x); }
RING_DETAIL_LIBRARY inline std::int32_t countr_one(uint64_t x) { return countr_zero(~x); }

// --- Moving -----------------------------------------------------------------------------------

namespace bits {

/// `s` may be negative or larger than the width, as in std::rotl.
template <typename T> T rotate_left(T x, std::int32_t s) {
  constexpr uint32_t kWidth = 8 * sizeof(T);
  const uint32_t left = static_cast<uint32_t>(s) % kWidth;
  const uint32_t right = (kWidth - left) % kWidth;
  return static_cast<T>((x << left) | (x >> right));
}

} // namespace bits

RING_DETAIL_LIBRARY inline uint8_t rotl(uint8_t x, std::int32_t s) {
  return bits::rotate_left(x, s);
}
RING_DETAIL_LIBRARY inline uint16_t rotl(uint16_t x, std::int32_t s) {
  return bits::rotate_left(x, s);
}
RING_DETAIL_LIBRARY inline uint32_t rotl(uint32_t x, std::int32_t s) {
  return bits::rotate_left(x, s);
}
RING_DETAIL_LIBRARY inline uint64_t rotl(uint64_t x, std::int32_t s) {
  return bits::rotate_left(x, s);
}

RING_DETAIL_LIBRARY inline uint8_t rotr(uint8_t x, std::int32_t s) {
  return bits::rotate_left(x, -s);
}
RING_DETAIL_LIBRARY inline uint16_t rotr(uint16_t x, std::int32_t s) {
  return bits::rotate_left(x, -s);
}
RING_DETAIL_LIBRARY inline uint32_t rotr(uint32_t x, std::int32_t s) {
  return bits::rotate_left(x, -s);
}
RING_DETAIL_LIBRARY inline uint64_t rotr(uint64_t x, std::int32_t s) {
  return bits::rotate_left(x, -s);
}

RING_DETAIL_LIBRARY inline uint16_t byteswap(uint16_t x) {
  return static_cast<uint16_t>((x >> 8) | (x << 8));
}
RING_DETAIL_LIBRARY inline uint32_t byteswap(uint32_t x) {
  return (x >> 24) | ((x >> 8) & 0xff00u) | ((x & 0xff00u) << 8) | (x << 24);
}
RING_DETAIL_LIBRARY inline uint64_t byteswap(uint64_t x) {
  return static_cast<uint64_t>(byteswap(static_cast<uint32_t>(x))) << 32 |
         byteswap(static_cast<uint32_t>(x >> 32));
}

RING_DETAIL_LIBRARY inline uint32_t bit_reverse(uint32_t x) {
  x = ((x >> 1) & 0x55555555u) | ((x & 0x55555555u) << 1);
  x = ((x >> 2) & 0x33333333u) | ((x & 0x33333333u) << 2);
  x = ((x >> 4) & 0x0f0f0f0fu) | ((x & 0x0f0f0f0fu) << 4);
  return byteswap(x);
}
RING_DETAIL_LIBRARY inline uint64_t bit_reverse(uint64_t x) {
  return static_cast<uint64_t>(bit_reverse(static_cast<uint32_t>(x))) << 32 |
         bit_reverse(static_cast<uint32_t>(x >> 32));
}

// --- Products ---------------------------------------------------------------------------------

/// By halves of 16 bits; no step overflows.
RING_DETAIL_LIBRARY inline uint32_t mul_hi(uint32_t a, uint32_t b) {
  const uint32_t a_low = a & 0xffffu;
  const uint32_t a_high = a >> 16;
  const uint32_t b_low = b & 0xffffu;
  const uint32_t b_high = b >> 16;
  const uint32_t middle = a_high * b_low + ((a_low * b_low) >> 16);
  const uint32_t carry = a_low * b_high + (middle & 0xffffu);
  return a_high * b_high + (middle >> 16) + (carry >> 16);
}

/// The unsigned product counts a negative factor 2^32 too high.
RING_DETAIL_LIBRARY inline std::int32_t mul_hi(std::int32_t a, std::int32_t b) {
  uint32_t high = ring::mul_hi(static_cast<uint32_t>(a), static_cast<uint32_t>(b));
  if (a < 0) high -= static_cast<uint32_t>(b);
  if (b < 0) high -= static_cast<uint32_t>(a);
  return static_cast<std::int32_t>(high);
}

RING_DETAIL_LIBRARY inline uint64_t mul_hi(uint64_t a, uint64_t b) {
  const uint64_t a_low = a & 0xffffffffu;
  const uint64_t a_high = a >> 32;
  const uint64_t b_low = b & 0xffffffffu;
  const uint64_t b_high = b >> 32;
  const uint64_t middle = a_high * b_low + ((a_low * b_low) >> 32);
  const uint64_t carry = a_low * b_high + (middle & 0xffffffffu);
  return a_high * b_high + (middle >> 32) + (carry >> 32);
}

RING_DETAIL_LIBRARY inline std::int64_t mul_hi(std::int64_t a, std::int64_t b) {
  uint64_t high = mul_hi(static_cast<uint64_t>(a), static_cast<uint64_t>(b));
  if (a < 0) high -= static_cast<uint64_t>(b);
  if (b < 0) high -= static_cast<uint64_t>(a);
  return static_cast<std::int64_t>(high);
}

// Shifts to the top and back bring the sign of a byte along; products of bytes cannot overflow.
RING_DETAIL_LIBRARY inline std::int32_t dot4_add_i8(std::int32_t a, std::int32_t b,
                                                    std::int32_t sum) {
  const std::int32_t low = (a << 24 >> 24) * (b << 24 >> 24) + (a << 16 >> 24) * (b << 16 >> 24);
  const std::int32_t high = (a << 8 >> 24) * (b << 8 >> 24) + (a >> 24) * (b >> 24);
  return static_cast<std::int32_t>(static_cast<uint32_t>(sum) + static_cast<uint32_t>(low + high));
}

RING_DETAIL_LIBRARY inline uint32_t dot4_add_u8(uint32_t a, uint32_t b, uint32_t sum) {
  return sum + (a & 0xffu) * (b & 0xffu) + (a >> 8 & 0xffu) * (b >> 8 & 0xffu) +
         (a >> 16 & 0xffu) * (b >> 16 & 0xffu) + (a >> 24) * (b >> 24);
}

} // namespace ring::library
