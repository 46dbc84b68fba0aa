// <cmath>: one column of the result a function. Exact functions apart from those with a tolerance.
#include <ring/kernel.h>

#include <cmath>

namespace {

template <class Real>
void exact(ring::span<const Real> xs, ring::span<const Real> ys, ring::span<Real> out) {
  const auto i = ring::global_id().x;
  if (i >= xs.size()) return;
  const Real x = xs[i];
  const Real y = ys[i];
  std::uint32_t column = 0;
  const auto put = [&](Real value) { out[column++ * xs.size() + i] = value; };
  put(std::sqrt(std::fabs(x)));
  put(std::fabs(x));
  put(std::floor(x));
  put(std::ceil(x));
  put(std::trunc(x));
  put(std::round(x));
  put(std::rint(x));
  put(std::nearbyint(y));
  put(std::fma(x, y, -x));
  put(std::fmin(x, y));
  put(std::fmax(x, y));
  put(std::fdim(x, y));
  put(std::fmod(x, y));
  put(std::remainder(x, y));
  put(std::copysign(x, y));
  put(std::ldexp(x, 3));
  put(std::scalbn(y, -2));
  put(static_cast<Real>(std::ilogb(x)));
  put(std::logb(x));
  put(std::nextafter(x, y));
  int exponent = 0;
  put(std::frexp(x, &exponent));
  put(static_cast<Real>(exponent));
  Real whole = 0;
  put(std::modf(x, &whole));
  put(whole);
  put(static_cast<Real>(std::lround(x)));
  put(static_cast<Real>(std::lrint(x)));
}

template <class Real> void trigonometry(ring::span<const Real> xs, ring::span<Real> out) {
  const auto i = ring::global_id().x;
  if (i >= xs.size()) return;
  const Real x = xs[i];
  const Real inside = x / (Real(1) + std::fabs(x)); // in (−1, 1)
  std::uint32_t column = 0;
  const auto put = [&](Real value) { out[column++ * xs.size() + i] = value; };
  put(std::sin(x));
  put(std::cos(x));
  put(std::tan(inside));
  put(std::asin(inside));
  put(std::acos(inside));
  put(std::atan(x));
  put(std::atan2(x, Real(-1.5)));
  put(std::sinh(inside * 4));
  put(std::cosh(inside * 4));
  put(std::tanh(x));
  put(std::asinh(x));
  put(std::acosh(Real(1) + std::fabs(x)));
  put(std::atanh(inside));
}

template <class Real>
void exponentials(ring::span<const Real> xs, ring::span<const Real> ys, ring::span<Real> out) {
  const auto i = ring::global_id().x;
  if (i >= xs.size()) return;
  const Real x = xs[i];
  const Real positive = ys[i];
  std::uint32_t column = 0;
  const auto put = [&](Real value) { out[column++ * xs.size() + i] = value; };
  put(std::exp(x));
  put(std::exp2(x));
  put(std::expm1(x));
  put(std::log(positive));
  put(std::log2(positive));
  put(std::log10(positive));
  put(std::log1p(positive));
  put(std::pow(positive, x));
  put(std::pow(-positive, Real(3)));
  put(std::cbrt(x));
  put(std::hypot(x, positive));
  put(ring::rsqrt(positive));
}

template <class Real> void special(ring::span<const Real> xs, ring::span<Real> out) {
  const auto i = ring::global_id().x;
  if (i >= xs.size()) return;
  const Real x = xs[i];
  std::uint32_t column = 0;
  const auto put = [&](Real value) { out[column++ * xs.size() + i] = value; };
  put(std::erf(x));
  put(std::erfc(x));
}

template <class Real> void saturate(ring::span<const Real> xs, ring::span<Real> out) {
  const auto i = ring::global_id().x;
  if (i >= xs.size()) return;
  out[i] = ring::saturate(xs[i]);
}

template <class Real> void gamma(ring::span<const Real> xs, ring::span<Real> out) {
  const auto i = ring::global_id().x;
  if (i >= xs.size()) return;
  out[2 * i] = std::tgamma(Real(0.5) + std::fabs(xs[i]));
  out[2 * i + 1] = std::lgamma(Real(3) + std::fabs(xs[i]));
}

template <class Real> void classify(ring::span<const Real> xs, ring::span<std::uint32_t> out) {
  const auto i = ring::global_id().x;
  if (i >= xs.size()) return;
  const Real x = xs[i];
  std::uint32_t mask = 0;
  if (std::isnan(x)) mask |= 1;
  if (std::isinf(x)) mask |= 2;
  if (std::isfinite(x)) mask |= 4;
  if (std::isnormal(x)) mask |= 8;
  if (std::signbit(x)) mask |= 16;
  out[i] = mask;
}

} // namespace

RING_GLOBAL(.block = {32})
void exact_f32(ring::span<const float> x, ring::span<const float> y, ring::span<float> out) {
  exact(x, y, out);
}
RING_GLOBAL(.block = {32})
void exact_f64(ring::span<const double> x, ring::span<const double> y, ring::span<double> out) {
  exact(x, y, out);
}
RING_GLOBAL(.block = {32})
void trigonometry_f32(ring::span<const float> x, ring::span<float> out) { trigonometry(x, out); }
RING_GLOBAL(.block = {32})
void trigonometry_f64(ring::span<const double> x, ring::span<double> out) { trigonometry(x, out); }
RING_GLOBAL(.block = {32})
void exponentials_f32(ring::span<const float> x, ring::span<const float> y, ring::span<float> out) {
  exponentials(x, y, out);
}
RING_GLOBAL(.block = {32})
void exponentials_f64(ring::span<const double> x, ring::span<const double> y,
                      ring::span<double> out) {
  exponentials(x, y, out);
}
RING_GLOBAL(.block = {32})
void special_f32(ring::span<const float> x, ring::span<float> out) { special(x, out); }
RING_GLOBAL(.block = {32})
void special_f64(ring::span<const double> x, ring::span<double> out) { special(x, out); }
RING_GLOBAL(.block = {32})
void saturate_f32(ring::span<const float> x, ring::span<float> out) { saturate(x, out); }
RING_GLOBAL(.block = {32})
void saturate_f64(ring::span<const double> x, ring::span<double> out) { saturate(x, out); }
RING_GLOBAL(.block = {32})
void gamma_f32(ring::span<const float> x, ring::span<float> out) { gamma(x, out); }
RING_GLOBAL(.block = {32})
void gamma_f64(ring::span<const double> x, ring::span<double> out) { gamma(x, out); }
RING_GLOBAL(.block = {32})
void classify_f32(ring::span<const float> x, ring::span<std::uint32_t> out) { classify(x, out); }
RING_GLOBAL(.block = {32})
void classify_f64(ring::span<const double> x, ring::span<std::uint32_t> out) { classify(x, out); }
