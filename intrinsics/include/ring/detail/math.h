// The few arithmetic functions that <cmath> and <bit> lack. Everything else comes from there.
#pragma once

#include "ring/detail/types.h"

namespace ring {

/// 1 / sqrt(x), within 2 ulp.
RING_DETAIL_INTRINSIC("rsqrt") float rsqrt(float x);
RING_DETAIL_INTRINSIC("rsqrt") double rsqrt(double x);

/// x clamped to [0, 1]; 0 for NaN.
RING_DETAIL_INTRINSIC("saturate") float saturate(float x);
RING_DETAIL_INTRINSIC("saturate") double saturate(double x);

/// The upper half of the product of twice the width.
template <detail::WordInteger T> RING_DETAIL_INTRINSIC("mul_hi")
T mul_hi(T a, detail::NonDeduced<T> b);

/// sum + the products of the four signed (i8) or unsigned (u8) bytes of a and b, in 32 bits that
/// wrap.
RING_DETAIL_INTRINSIC("dot4_add_i8")
std::int32_t dot4_add_i8(std::int32_t a, std::int32_t b, std::int32_t sum);
RING_DETAIL_INTRINSIC("dot4_add_u8")
std::uint32_t dot4_add_u8(std::uint32_t a, std::uint32_t b, std::uint32_t sum);

/// The bits of x in the reverse order.
RING_DETAIL_INTRINSIC("bit_reverse") std::uint32_t bit_reverse(std::uint32_t x);
RING_DETAIL_INTRINSIC("bit_reverse") std::uint64_t bit_reverse(std::uint64_t x);

/// The bytes of x in the reverse order (std::byteswap of C++23).
RING_DETAIL_INTRINSIC("byteswap") std::uint16_t byteswap(std::uint16_t x);
RING_DETAIL_INTRINSIC("byteswap") std::uint32_t byteswap(std::uint32_t x);
RING_DETAIL_INTRINSIC("byteswap") std::uint64_t byteswap(std::uint64_t x);

} // namespace ring
