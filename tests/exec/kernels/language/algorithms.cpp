// std::min, max, clamp, abs and swap, on every type that has them.
#include <ring/kernel.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace {

template <class T> void order(ring::span<const T> as, ring::span<const T> bs, ring::span<T> out) {
  const auto i = ring::global_id().x;
  if (i >= as.size()) return;
  T a = as[i];
  T b = bs[i];
  T* results = &out[4 * i];
  results[0] = std::min(a, b);
  results[1] = std::max<T>(a, 10);
  results[2] = std::clamp(a, std::min(b, T(20)), std::max(b, T(20)));
  std::swap(a, b);
  std::max(a, b); // without effect, as the names say
  results[3] = a;
}

} // namespace

RING_GLOBAL(.block = {32})
void order_i8(ring::span<const std::int8_t> a, ring::span<const std::int8_t> b,
              ring::span<std::int8_t> out) {
  order(a, b, out);
}
RING_GLOBAL(.block = {32})
void order_u16(ring::span<const std::uint16_t> a, ring::span<const std::uint16_t> b,
               ring::span<std::uint16_t> out) {
  order(a, b, out);
}
RING_GLOBAL(.block = {32})
void order_i32(ring::span<const std::int32_t> a, ring::span<const std::int32_t> b,
               ring::span<std::int32_t> out) {
  order(a, b, out);
}
RING_GLOBAL(.block = {32})
void order_u32(ring::span<const std::uint32_t> a, ring::span<const std::uint32_t> b,
               ring::span<std::uint32_t> out) {
  order(a, b, out);
}
RING_GLOBAL(.block = {32})
void order_i64(ring::span<const std::int64_t> a, ring::span<const std::int64_t> b,
               ring::span<std::int64_t> out) {
  order(a, b, out);
}
RING_GLOBAL(.block = {32})
void order_u64(ring::span<const std::uint64_t> a, ring::span<const std::uint64_t> b,
               ring::span<std::uint64_t> out) {
  order(a, b, out);
}
RING_GLOBAL(.block = {32})
void order_f32(ring::span<const float> a, ring::span<const float> b, ring::span<float> out) {
  order(a, b, out);
}
RING_GLOBAL(.block = {32})
void order_f64(ring::span<const double> a, ring::span<const double> b, ring::span<double> out) {
  order(a, b, out);
}

RING_GLOBAL(.block = {32})
void absolute(ring::span<const std::int32_t> narrow, ring::span<const std::int64_t> wide,
              ring::span<const float> reals, ring::span<std::int32_t> narrow_out,
              ring::span<std::int64_t> wide_out, ring::span<float> reals_out) {
  const auto i = ring::global_id().x;
  if (i >= narrow.size()) return;
  narrow_out[i] = std::abs(narrow[i]);
  wide_out[i] = std::abs(wide[i]);
  reals_out[i] = std::abs(reals[i]);
}
