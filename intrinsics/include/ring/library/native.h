// The rows that the library itself is built on: every target spells them, exactly.
#pragma once

#include "ring/kernel.h"

namespace ring::library::native {

/// Index of the highest and of the lowest bit that is set, -1 of zero.
RING_DETAIL_INTRINSIC("find_msb") std::int32_t find_msb(std::uint32_t x);
RING_DETAIL_INTRINSIC("find_lsb") std::int32_t find_lsb(std::uint32_t x);

RING_DETAIL_INTRINSIC("sqrt") float sqrt(float x);
RING_DETAIL_INTRINSIC("sqrt") double sqrt(double x);
RING_DETAIL_INTRINSIC("fabs") float fabs(float x);
RING_DETAIL_INTRINSIC("fabs") double fabs(double x);
RING_DETAIL_INTRINSIC("trunc") float trunc(float x);
RING_DETAIL_INTRINSIC("trunc") double trunc(double x);
RING_DETAIL_INTRINSIC("rint") float rint(float x);
RING_DETAIL_INTRINSIC("rint") double rint(double x);

#ifndef __RINGCC__
inline std::int32_t find_msb(std::uint32_t x) { return x == 0 ? -1 : 31 - __builtin_clz(x); }
inline std::int32_t find_lsb(std::uint32_t x) { return x == 0 ? -1 : __builtin_ctz(x); }
inline float sqrt(float x) { return __builtin_sqrtf(x); }
inline double sqrt(double x) { return __builtin_sqrt(x); }
inline float fabs(float x) { return __builtin_fabsf(x); }
inline double fabs(double x) { return __builtin_fabs(x); }
inline float trunc(float x) { return __builtin_truncf(x); }
inline double trunc(double x) { return __builtin_trunc(x); }
inline float rint(float x) { return __builtin_rintf(x); }
inline double rint(double x) { return __builtin_rint(x); }
#endif

} // namespace ring::library::native
