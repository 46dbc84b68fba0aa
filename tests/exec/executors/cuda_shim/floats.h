// CUDA's floating-point functions beyond <math.h>. The host compiler must not contract
// (-ffp-contract=off): then the plain operators round as the __*_rn functions do.
#pragma once

#include <math.h>
#include <stdlib.h>
#include <string.h>

namespace cuda_shim {
template <class To, class From> To bits_as(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  memcpy(&to, &from, sizeof to);
  return to;
}
} // namespace cuda_shim

inline int __float_as_int(float x) { return cuda_shim::bits_as<int>(x); }
inline unsigned __float_as_uint(float x) { return cuda_shim::bits_as<unsigned>(x); }
inline float __int_as_float(int x) { return cuda_shim::bits_as<float>(x); }
inline float __uint_as_float(unsigned x) { return cuda_shim::bits_as<float>(x); }
inline long long __double_as_longlong(double x) { return cuda_shim::bits_as<long long>(x); }
inline double __longlong_as_double(long long x) { return cuda_shim::bits_as<double>(x); }
inline int __double2hiint(double x) { return static_cast<int>(__double_as_longlong(x) >> 32); }
inline int __double2loint(double x) { return static_cast<int>(__double_as_longlong(x)); }

inline float __fadd_rn(float a, float b) { return a + b; }
inline float __fsub_rn(float a, float b) { return a - b; }
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline float __fsqrt_rn(float x) { return sqrtf(x); }
inline float __frcp_rn(float x) { return 1.0f / x; }
inline float __fmaf_rn(float a, float b, float c) { return fmaf(a, b, c); }
inline double __dadd_rn(double a, double b) { return a + b; }
inline double __dsub_rn(double a, double b) { return a - b; }
inline double __dmul_rn(double a, double b) { return a * b; }
inline double __ddiv_rn(double a, double b) { return a / b; }
inline double __dsqrt_rn(double x) { return sqrt(x); }
inline double __drcp_rn(double x) { return 1.0 / x; }
inline double __fma_rn(double a, double b, double c) { return fma(a, b, c); }

// NaN becomes 0, as on the device.
inline float __saturatef(float x) { return x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f; }
inline float rsqrtf(float x) { return 1.0f / sqrtf(x); }
inline double rsqrt(double x) { return 1.0 / sqrt(x); }
inline float rcbrtf(float x) { return 1.0f / cbrtf(x); }
inline double rcbrt(double x) { return 1.0 / cbrt(x); }
inline float fdividef(float a, float b) { return a / b; }
inline float sinpif(float x) {
  return static_cast<float>(sin(3.14159265358979323846 * fmod(x, 2.0)));
}
inline float cospif(float x) {
  return static_cast<float>(cos(3.14159265358979323846 * fmod(x, 2.0)));
}
inline double sinpi(double x) { return sin(3.14159265358979323846 * fmod(x, 2.0)); }
inline double cospi(double x) { return cos(3.14159265358979323846 * fmod(x, 2.0)); }

// The approximations of --fp=fast; here they are as good as the host's.
inline float __fdividef(float a, float b) { return a / b; }
inline float __expf(float x) { return expf(x); }
inline float __exp10f(float x) { return powf(10.0f, x); }
inline float __logf(float x) { return logf(x); }
inline float __log2f(float x) { return log2f(x); }
inline float __log10f(float x) { return log10f(x); }
inline float __powf(float x, float y) { return powf(x, y); }
inline float __sinf(float x) { return sinf(x); }
inline float __cosf(float x) { return cosf(x); }
inline float __tanf(float x) { return tanf(x); }
inline float __tanhf(float x) { return tanhf(x); }
inline float __frsqrt_rn(float x) { return 1.0f / sqrtf(x); }
