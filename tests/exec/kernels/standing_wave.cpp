// A standing wave on a square drum with fixed edge: leapfrog, five points. The discrete solution is
// known in closed form (sin²(ω/2) = C² Σ sin²(mᵢπ / (2(N + 1)))), so this measures rounding and
// nothing else.
#include <ring/kernel.h>

namespace {

template <class Real>
void step(ring::span<const Real> now, ring::span<Real> previous, std::uint32_t n, Real c2) {
  const auto [x, y, z] = ring::global_id();
  if (x >= n || y >= n) return;
  const std::uint32_t i = y * n + x;
  const Real west = x > 0 ? now[i - 1] : Real(0);
  const Real east = x + 1 < n ? now[i + 1] : Real(0);
  const Real north = y > 0 ? now[i - n] : Real(0);
  const Real south = y + 1 < n ? now[i + n] : Real(0);
  previous[i] =
      Real(2) * now[i] - previous[i] + c2 * (west + east + north + south - Real(4) * now[i]);
}

} // namespace

RING_GLOBAL(.block = {16, 16})
void wave_step(ring::span<const float> now, ring::span<float> previous, std::uint32_t n, float c2) {
  step(now, previous, n, c2);
}

RING_GLOBAL(.block = {16, 16})
void wave_step_f64(ring::span<const double> now, ring::span<double> previous, std::uint32_t n,
                   double c2) {
  step(now, previous, n, c2);
}
