// Polynomials that the math functions share, for float and double.
//
// All are minimax fits of the function named (Remez, in 60 digits), with a weight that makes the
// error relative to the function's value; the coefficients were then rounded. The tails leave out
// the first terms of the series, which the callers add exactly.
#pragma once

#include "ring/kernel.h"

namespace ring::library::math {

// clang-format off: it would indent each coefficient further than the one before.

/// (exp(r) - 1 - r - r^2/2) / r^3 for |r| <= 0.35. Errors 2^-32 and 2^-62.
inline float exp_tail(float r) {
  return 0x1.555556p-3f + r * (0x1.5554e2p-5f + r * (0x1.11109p-7f + r * (0x1.6d5524p-10f + r *
         0x1.a1a3c2p-13f)));
}
inline double exp_tail(double r) {
  return 0x1.555555555555cp-3 + r * (0x1.555555555555ap-5 + r * (0x1.111111110e8f6p-7 + r * (
         0x1.6c16c16c13ec1p-10 + r * (0x1.a01a01b4d46eep-13 + r * (0x1.a01a01b2cf9a6p-16 + r * (
         0x1.71ddecc327cafp-19 + r * (0x1.27e4c0feccdb4p-22 + r * (0x1.af71cbbc5b4acp-26 + r *
         0x1.1f9c747bf678fp-29))))))));
}

/// (log((1 + s) / (1 - s)) - 2s) / s^3 for z = s^2 <= 0.0296. Errors 2^-31 and 2^-58.
inline float log_tail(float z) {
  return 0x1.555554p-1f + z * (0x1.999a7ep-2f + z * (0x1.2437d4p-2f + z * 0x1.e31f58p-3f));
}
inline double log_tail(double z) {
  return 0x1.5555555555595p-1 + z * (0x1.999999997f094p-2 + z * (0x1.24924942bb704p-2 + z * (
         0x1.c71c5158444cep-3 + z * (0x1.746665b8567e6p-3 + z * (0x1.399d94a3881d6p-3 + z *
         0x1.2f317453a53cep-3)))));
}

/// (log((1 + s) / (1 - s)) / 2s - 1 - z/3) / z^2 for z = s^2 <= 0.0296. Errors 2^-38 and 2^-66.
inline float log_long_tail(float z) {
  return 0x1.999998p-3f + z * (0x1.24937ap-3f + z * (0x1.c65724p-4f + z * 0x1.8eda78p-4f));
}
inline double log_long_tail(double z) {
  return 0x1.9999999999995p-3 + z * (0x1.24924924930a5p-3 + z * (0x1.c71c71c572f22p-4 + z * (
         0x1.745d1838d194ap-4 + z * (0x1.3b1360f88a7e6p-4 + z * (0x1.1120f8dc7b0f4p-4 + z * (
         0x1.de28be7ddf1d1p-5 + z * 0x1.eb6a6d04c185dp-5))))));
}

/// (sin(x) - x) / x^3 for z = x^2, |x| <= pi/4. Errors 2^-28 and 2^-56.
inline float sin_tail(float z) {
  return -0x1.555556p-3f + z * (0x1.111108p-7f + z * (-0x1.a00f32p-13f + z * 0x1.6cbec4p-19f));
}
inline double sin_tail(double z) {
  return -0x1.5555555555547p-3 + z * (0x1.111111110f5fap-7 + z * (-0x1.a01a019bbe2f3p-13 + z * (
         0x1.71de352cc7a26p-19 + z * (-0x1.ae5e29c443be9p-26 + z * 0x1.5d8103d3e85c1p-33))));
}

/// (cos(x) - 1 + x^2/2) / x^4 for z = x^2, |x| <= pi/4. Errors 2^-32 and 2^-58.
inline float cos_tail(float z) {
  return 0x1.55554ap-5f + z * (-0x1.6c0c22p-10f + z * 0x1.99e368p-16f);
}
inline double cos_tail(double z) {
  return 0x1.555555555554ap-5 + z * (-0x1.6c16c16c14ebfp-10 + z * (0x1.a01a019c6a679p-16 + z * (
         -0x1.27e4f7d4a2e08p-22 + z * (0x1.1ee9c698f802dp-29 + z * -0x1.8f9ac8bab0c85p-37))));
}

/// (atan(x) - x) / x^3 for z = x^2, |x| <= tan(pi/8). Errors 2^-28 and 2^-59.
inline float atan_tail(float z) {
  return -0x1.55554ap-2f + z * (0x1.9991aap-3f + z * (-0x1.23b66ep-3f + z * (0x1.b1fcecp-4f + z *
         -0x1.f2381p-5f)));
}
inline double atan_tail(double z) {
  return -0x1.555555555553dp-2 + z * (0x1.999999999588ap-3 + z * (-0x1.24924922ae9bap-3 + z * (
         0x1.c71c70e69ae9bp-4 + z * (-0x1.745cf8ec6103ep-4 + z * (0x1.3b111a2fa8131p-4 + z * (
         -0x1.10ebc3ca81d01p-4 + z * (0x1.df0fe59eed5cp-5 + z * (-0x1.9cd532223c46cp-5 + z * (
         0x1.37db2ff234492p-5 + z * -0x1.2574eaba73b73p-6)))))))));
}

/// (asin(x) - x) / x^3 for z = x^2, |x| <= 1/2. Errors 2^-27 and 2^-58.
inline float asin_tail(float z) {
  return 0x1.5555cap-3f + z * (0x1.330156p-4f + z * (0x1.748bc6p-5f + z * (0x1.8ba756p-6f + z *
         0x1.59d76ep-5f)));
}
inline double asin_tail(double z) {
  return 0x1.5555555555578p-3 + z * (0x1.333333332df7ep-4 + z * (0x1.6db6db72260b2p-5 + z * (
         0x1.f1c71a8dc422ap-6 + z * (0x1.6e8bdfa64c86cp-6 + z * (0x1.1c49e2be1d16ep-6 + z * (
         0x1.ca20cdccd035dp-7 + z * (0x1.757b7c2ba021ep-7 + z * (0x1.6173e7f4db002p-7 + z * (
         0x1.e2bf3d14a44edp-9 + z * (0x1.64927af9564fep-6 + z * (-0x1.59543b5445292p-6 + z *
         0x1.0bb04dc9345cdp-5)))))))))));
}

/// erf(x) / x - 1 for z = x^2, |x| <= 1. Errors 2^-26 and 2^-56.
inline float erf_tail(float z) {
  return 0x1.06eba8p-3f + z * (-0x1.81273ep-2f + z * (0x1.ce2d2p-4f + z * (-0x1.b7fbb6p-6f + z * (
         0x1.5419fap-8f + z * (-0x1.a485f8p-11f + z * 0x1.4ae4c6p-14f)))));
}
inline double erf_tail(double z) {
  return 0x1.06eba8214db69p-3 + z * (-0x1.812746b0379e7p-2 + z * (0x1.ce2f21a042bdep-4 + z * (
         -0x1.b82ce312889c2p-6 + z * (0x1.565bcd0e65195p-8 + z * (-0x1.c02db3fef01d6p-11 + z * (
         0x1.f9a326c2d9822p-14 + z * (-0x1.f4d2562a1b01p-17 + z * (0x1.b9e6518e6129p-20 + z * (
         -0x1.5f6d9cc1c31e4p-23 + z * (0x1.fc43f063b4a42p-27 + z * (-0x1.4e635b40a397fp-30 + z * (
         0x1.7f171f011fd79p-34 + z * -0x1.29e14842f8767p-38))))))))))));
}

/// (x + 3) exp(x^2) erfc(x) for t = (x - 3) / (x + 3), x >= 1/2. Errors 2^-26 and 2^-52.
inline float erfc_scaled(float t) {
  return 0x1.12f21ep+0f + t * (-0x1.c44c46p-1f + t * (0x1.2e326ap-1f + t * (
         -0x1.3deb42p-2f + t * (0x1.e9955ep-4f + t * (-0x1.b7759ep-6f + t * (
         -0x1.3d51fp-10f + t * (0x1.8b0b8ep-9f + t * (-0x1.1ef0bp-11f + t * (
         -0x1.f2e83ap-13f + t * 0x1.87e74ap-14f)))))))));
}
inline double erfc_scaled(double t) {
  return 0x1.12f21ddd9f5e2p+0 + t * (-0x1.c44c471baa378p-1 + t * (0x1.2e326945de2b6p-1 + t * (
         -0x1.3deb21415db3bp-2 + t * (0x1.e995f11b171bbp-4 + t * (-0x1.b78993d6eaf81p-6 + t * (
         -0x1.3dd3e710461d7p-10 + t * (0x1.8dae3a46955e8p-9 + t * (-0x1.1f78e15ab9885p-11 + t * (
         -0x1.22390799b4613p-12 + t * (0x1.c32541d6d3bcap-14 + t * (0x1.fe0321d0ad974p-16 + t * (
         -0x1.251c4dfee76a6p-16 + t * (-0x1.3ef2c755fb729p-18 + t * (0x1.735c2ebe5f4fbp-19 + t * (
         0x1.0e51a32816691p-20 + t * (-0x1.bb760f680b01fp-22 + t * (-0x1.070719a2f9af6p-22 + t * (
         0x1.dc89d6b0f0454p-25 + t * (0x1.fb8ba87fa3c7dp-25 + t * (-0x1.622c8265876b4p-27 + t * (
         -0x1.5ed6be342a2eap-27 + t * 0x1.9c79d046a6f1ap-29)))))))))))))))))))));
}

// clang-format on

} // namespace ring::library::math
