#include "inputs.h"
#include "lists.h"

#include <cmath>

namespace black_scholes {
#include "../kernels/black_scholes.cpp"
}

namespace ring::exec {
namespace {

using black_scholes::Option;
using black_scholes::Price;

template <class Real> std::vector<Option<Real>> make_options(std::uint32_t n) {
  Random random(54);
  std::vector<Option<Real>> options;
  const auto between = [&](double low, double high) {
    return static_cast<Real>(low + (high - low) * random.unit());
  };
  for (std::uint32_t i = 0; i < n; ++i) {
    const Real spot = between(5, 200), strike = between(5, 200), rate = between(0, 0.1),
               volatility = between(0.05, 0.9), years = between(0.05, 5);
    options.push_back({spot, strike, rate, volatility, years});
  }
  return options;
}

template <class Real>
void add_precision(CaseList& list, const std::string& kernel,
                   void (*handler)(ring::span<const Option<Real>>, ring::span<Price<Real>>),
                   Needs needs, Comparison rule, double known_within) {
  rule.elements = sizeof(Real) == 4 ? Element::f32 : Element::f64;
  for (const std::uint32_t n : {0u, 1u, 127u, 5000u}) {
    list.add("A17", "black_scholes", kernel + "_" + std::to_string(n), needs, [=](CaseBuilder& c) {
      const auto options = c.buffer("options", make_options<Real>(n));
      const auto prices = c.output<Price<Real>>("prices", n, rule);
      c.launch(kernel, handler, {128}, {n}, options, prices);
    });
  }
  list.add("A17", "black_scholes", kernel + "_known", needs, [=](CaseBuilder& c) {
    const Option<Real> option{100, 100, Real(0.05), Real(0.2), 1};
    const auto options = c.buffer<Option<Real>>("options", {option});
    const auto prices = c.output<Price<Real>>("prices", 1, rule);
    c.launch(kernel, handler, {128}, {1}, options, prices);
    c.check([=](const Results& r) -> std::string {
      const Price<Real> p = r.read(prices)[0];
      if (std::fabs(static_cast<double>(p.call) - 10.450584) > known_within)
        return "the call is not 10.450584";
      return std::fabs(static_cast<double>(p.put) - 5.573526) > known_within
                 ? "the put is not 5.573526"
                 : "";
    });
  });
}

} // namespace

void add_black_scholes(CaseList& list) {
  const std::string reason =
      "log, exp and erfc differ by a few ulp between libraries; prices are differences of numbers "
      "up to 200";
  add_precision<float>(list, "black_scholes", black_scholes::black_scholes, kNone,
                       within(Metric::abs, 2e-4, 5e-4, reason), 1e-4);
  add_precision<double>(list, "black_scholes_f64", black_scholes::black_scholes_f64, kF64,
                        within(Metric::abs, 1e-10, reason), 1e-6);
}

} // namespace ring::exec
