// A17. European option prices (Black and Scholes 1973), in f32 and, where the target has it, f64.
#include <ring/kernel.h>

#include <cmath>

template <class Real> struct Option {
  Real spot, strike;
  Real rate, volatility; // a year
  Real years;
};

template <class Real> struct Price {
  Real call, put;
};

namespace {

/// Standard normal distribution function. erfc keeps its relative accuracy in the lower tail.
template <class Real> Real normal_cdf(Real x) {
  return Real(0.5) * std::erfc(-x * Real(0.70710678118654752440));
}

template <class Real> Price<Real> price(const Option<Real>& o) {
  const Real spread = o.volatility * std::sqrt(o.years);
  const Real d1 =
      (std::log(o.spot / o.strike) + (o.rate + Real(0.5) * o.volatility * o.volatility) * o.years) /
      spread;
  const Real d2 = d1 - spread;
  const Real discounted = o.strike * std::exp(-o.rate * o.years);
  return {.call = o.spot * normal_cdf(d1) - discounted * normal_cdf(d2),
          .put = discounted * normal_cdf(-d2) - o.spot * normal_cdf(-d1)};
}

} // namespace

RING_GLOBAL(.block = {128})
void black_scholes(ring::span<const Option<float>> options, ring::span<Price<float>> prices) {
  const auto i = ring::global_id().x;
  if (i < options.size()) prices[i] = price(options[i]);
}

RING_GLOBAL(.block = {128})
void black_scholes_f64(ring::span<const Option<double>> options, ring::span<Price<double>> prices) {
  const auto i = ring::global_id().x;
  if (i < options.size()) prices[i] = price(options[i]);
}
