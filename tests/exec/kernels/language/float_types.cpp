// Arithmetic and comparison of f32 and f64. Each operation rounds once.
#include <ring/kernel.h>

#include <cmath>

namespace {

template <class Real>
void apply(ring::span<const Real> as, ring::span<const Real> bs, ring::span<Real> out) {
  const auto i = ring::global_id().x;
  if (i >= as.size()) return;
  const Real a = as[i];
  const Real b = bs[i];
  const auto put = [&](std::uint32_t k, Real value) { out[8 * i + k] = value; };
  put(0, a + b);
  put(1, a - b);
  put(2, a * b);
  put(3, a / b);
  put(4, -a);
  put(5, std::sqrt(a < 0 ? -a : a));
  put(6, std::fma(a, b, a));
  put(7, (a + b) - a); // must not be simplified
}

template <class Real> std::uint32_t compare(Real a, Real b) {
  return (a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5 |
         !(a < b) << 6 | (a ? 1 << 7 : 0);
}

} // namespace

RING_GLOBAL(.block = {64})
void ops_f32(ring::span<const float> a, ring::span<const float> b, ring::span<float> out) {
  apply(a, b, out);
}

RING_GLOBAL(.block = {64})
void ops_f64(ring::span<const double> a, ring::span<const double> b, ring::span<double> out) {
  apply(a, b, out);
}

RING_GLOBAL(.block = {64})
void compare_f32(ring::span<const float> a, ring::span<const float> b,
                 ring::span<std::uint32_t> masks) {
  const auto i = ring::global_id().x;
  if (i < masks.size()) masks[i] = compare(a[i], b[i]);
}

RING_GLOBAL(.block = {64})
void compare_f64(ring::span<const double> a, ring::span<const double> b,
                 ring::span<std::uint32_t> masks) {
  const auto i = ring::global_id().x;
  if (i < masks.size()) masks[i] = compare(a[i], b[i]);
}
