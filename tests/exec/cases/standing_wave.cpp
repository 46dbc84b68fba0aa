#include "lists.h"

#include <cmath>
#include <cstdio>
#include <numbers>

namespace standing_wave {
#include "../kernels/standing_wave.cpp"
}

namespace ring::exec {
namespace {

constexpr std::uint32_t kSide = 31;
constexpr double kCourant = 0.5;
constexpr int kSteps = 1000;

/// The (1, 1) mode in closed form at step t.
double exact(std::uint32_t x, std::uint32_t y, int t) {
  const double k = std::numbers::pi / (kSide + 1);
  const double s = std::sin(k / 2);
  const double omega = 2 * std::asin(kCourant * std::sqrt(2 * s * s));
  return std::cos(omega * t) * std::sin((x + 1) * k) * std::sin((y + 1) * k);
}

template <class Real> std::vector<Real> mode(int t) {
  std::vector<Real> field;
  for (std::uint32_t y = 0; y < kSide; ++y)
    for (std::uint32_t x = 0; x < kSide; ++x)
      field.push_back(static_cast<Real>(exact(x, y, t)));
  return field;
}

/// What leapfrog conserves: ½ |u(t+1) − u(t)|² + ½ C² ⟨∇u(t+1), ∇u(t)⟩.
template <class Real> double energy(const std::vector<Real>& u, const std::vector<Real>& v) {
  const auto at = [](const std::vector<Real>& f, int x, int y) -> double {
    constexpr int n = static_cast<int>(kSide);
    return x < 0 || y < 0 || x >= n || y >= n ? 0.0 : static_cast<double>(f[y * n + x]);
  };
  double kinetic = 0, potential = 0;
  for (int y = 0; y <= static_cast<int>(kSide); ++y) {
    for (int x = 0; x <= static_cast<int>(kSide); ++x) {
      const double d = at(u, x, y) - at(v, x, y);
      kinetic += d * d;
      potential += (at(u, x, y) - at(u, x - 1, y)) * (at(v, x, y) - at(v, x - 1, y)) +
                   (at(u, x, y) - at(u, x, y - 1)) * (at(v, x, y) - at(v, x, y - 1));
    }
  }
  return 0.5 * kinetic + 0.5 * kCourant * kCourant * potential;
}

template <class Real>
void simulate(CaseBuilder& c, const std::string& kernel,
              void (*handler)(ring::span<const Real>, ring::span<Real>, std::uint32_t, Real),
              double max_error, double max_drift, const Comparison& rule) {
  auto now = c.buffer("now", mode<Real>(0), rule);
  auto previous = c.buffer("previous", mode<Real>(-1), rule);
  const double before = energy(mode<Real>(0), mode<Real>(-1));
  for (int t = 0; t < kSteps; ++t) {
    c.launch(kernel, handler, {16, 16}, {kSide, kSide}, now, previous, kSide,
             static_cast<Real>(kCourant * kCourant));
    std::swap(now, previous);
  }
  c.check([=](const Results& r) -> std::string {
    const auto u = r.read(now);
    double error = 0;
    for (std::uint32_t i = 0; i < kSide * kSide; ++i)
      error = std::fmax(error,
                        std::fabs(static_cast<double>(u[i]) - exact(i % kSide, i / kSide, kSteps)));
    const double drift = std::fabs(energy(u, r.read(previous)) / before - 1);
    if (error <= max_error && drift <= max_drift) return {};
    char text[120];
    std::snprintf(text, sizeof text, "error %.3g (at most %.3g), energy drift %.3g (at most %.3g)",
                  error, max_error, drift, max_drift);
    return text;
  });
}

} // namespace

void add_standing_wave(CaseList& list) {
  list.add("A12", "standing_wave", "f32", kNone, [](CaseBuilder& c) {
    simulate<float>(
        c, "wave_step", standing_wave::wave_step, 1e-5, 2e-6,
        exact_if_strict(Metric::abs, 2e-5, "rounding that contraction changes, 1000 steps"));
  });
  list.add("A12", "standing_wave", "f64", kF64, [](CaseBuilder& c) {
    simulate<double>(c, "wave_step_f64", standing_wave::wave_step_f64, 1e-13, 1e-12, {});
  });
}

} // namespace ring::exec
