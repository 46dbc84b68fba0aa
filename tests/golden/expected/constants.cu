// Made by ringcc from ../../exec/kernels/language/constants.cpp.
// Its floating point is exact only without contraction: compile with -fmad=false.

using i8 = signed char;
using u8 = unsigned char;
using i16 = short;
using u16 = unsigned short;
using i32 = int;
using u32 = unsigned int;
using i64 = long long;
using u64 = unsigned long long;

/// A buffer: a pointer and a number of elements.
template <class T> struct span {
  T* first;
  u64 count;

  __device__ T& operator[](u64 index) const { return first[index]; }
  __device__ T* data() const { return first; }
  __device__ u64 size() const { return count; }
  /// To span<const T>.
  template <class U> __device__ operator span<U>() const { return {first, count}; }
};

// Constants of the source.
constexpr u8 Reason_expired = 200;
constexpr u8 Reason_none = 0;
constexpr i64 Tile_kWidth = -16ll;
constexpr u32 fn = 4;
constexpr u32 i = 7;
constexpr u32 kLimit = 3;
constexpr u32 kLimit_1 = 300;
constexpr i64 kLowest = (-9223372036854775807ll - 1);
constexpr bool kRounds = true;
constexpr float kScale = 0.1f;
constexpr i32 kShort = 65535;
constexpr u32 let = 2;
constexpr u32 span_1 = 16;
constexpr u32 threadIdx_1 = 8;
constexpr u32 var = 1;
constexpr u32 warpSize_1 = 32;

#line 32 "../../exec/kernels/language/constants.cpp"
static __device__ const u32& larger(const u32& a, const u32& b) {
  return *(a < b ? &b : &a);
}

static __device__ u32 with_locals(u32 var) {
  const u32 i = var * 3;
  const u32 kLimit = i + 1;
  return i ^ kLimit;
}

static __device__ u32 code(u8 reason) {
  switch (reason) {
  case Reason_none: {
    return let;
  }
  case Reason_expired: {
#line 47
    return u32(Reason_expired) + fn;
  }
  }
#line 49
  return 0;
}

#line 55
extern "C" __global__ void __launch_bounds__(32)
use_constants(span<const u32> in, span<u32> out, span<i64> wide, span<float> scaled) {
  const u32 at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at >= in.size()) return;
  u32 x = in[at];
  u32 sum = x < kLimit ? kLimit : x & kLimit_1;
  u32 temporary = kLimit_1;
#line 61
  const u32 value = larger(x, temporary);
#line 61
  u32 temporary_1 = max(x, i);
#line 61
  const u32 value_1 = value + temporary_1;
#line 61
  u32 temporary_2 = min(kLimit, x);
#line 61
  sum += value_1 - temporary_2;
  sum ^= (x & (var | let | threadIdx_1)) << fn;
  sum += with_locals(x) % span_1 + code(x % 2 == 0 ? Reason_none : Reason_expired) * warpSize_1;
  sum += u32(kShort * 2 + u8(x + u32(kShort)));
  out[at] = kRounds ? sum : 0u;
  wide[at] = (kLowest + x) / Tile_kWidth + i64(kShort) - Tile_kWidth;
  scaled[at] = float(x) * kScale;
}
