// Every operator on every integer type. Results narrower than int come from promoted arithmetic,
// converted back.
#include <ring/kernel.h>

#include <type_traits>

constexpr std::size_t kResults = 16;

namespace {

/// Unsigned arithmetic at least as wide as int, so that neither signed overflow nor promotion is
/// undefined.
template <class T> using Wrapping = decltype(std::make_unsigned_t<T>() + 0u);

template <class T> T safe_divisor(T b) {
  // Neither zero nor −1, which would overflow for the lowest value.
  return b == T(0) || b == static_cast<T>(-1) ? T(3) : b;
}

template <class T>
void apply_all(ring::span<const T> as, ring::span<const T> bs, ring::span<T> results) {
  const auto i = ring::global_id().x;
  if (i >= as.size()) return;
  using W = Wrapping<T>;
  const T a = as[i];
  const T b = bs[i];
  const T divisor = safe_divisor(b);
  const int shift = static_cast<int>(static_cast<W>(b) % (8 * sizeof(T)));

  T* out = &results[kResults * i];
  *out++ = static_cast<T>(W(a) + W(b));
  *out++ = static_cast<T>(W(a) - W(b));
  *out++ = static_cast<T>(W(a) * W(b));
  *out++ = static_cast<T>(a / divisor);
  *out++ = static_cast<T>(a % divisor);
  *out++ = static_cast<T>(a & b);
  *out++ = static_cast<T>(a | b);
  *out++ = static_cast<T>(a ^ b);
  *out++ = static_cast<T>(~a);
  *out++ = static_cast<T>(W(0) - W(a));
  *out++ = static_cast<T>(W(a) << shift);
  *out++ = static_cast<T>(a >> shift);
  *out++ = static_cast<T>((a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 |
                          (a != b) << 5 | !a << 6);
  *out++ = a < b ? a : b;
  *out++ = static_cast<T>(a && b);
  *out++ = static_cast<T>(a || b);
}

} // namespace

RING_GLOBAL(.block = {64})
void ops_i8(ring::span<const std::int8_t> a, ring::span<const std::int8_t> b,
            ring::span<std::int8_t> out) {
  apply_all(a, b, out);
}
RING_GLOBAL(.block = {64})
void ops_u8(ring::span<const std::uint8_t> a, ring::span<const std::uint8_t> b,
            ring::span<std::uint8_t> out) {
  apply_all(a, b, out);
}
RING_GLOBAL(.block = {64})
void ops_i16(ring::span<const std::int16_t> a, ring::span<const std::int16_t> b,
             ring::span<std::int16_t> out) {
  apply_all(a, b, out);
}
RING_GLOBAL(.block = {64})
void ops_u16(ring::span<const std::uint16_t> a, ring::span<const std::uint16_t> b,
             ring::span<std::uint16_t> out) {
  apply_all(a, b, out);
}
RING_GLOBAL(.block = {64})
void ops_i32(ring::span<const std::int32_t> a, ring::span<const std::int32_t> b,
             ring::span<std::int32_t> out) {
  apply_all(a, b, out);
}
RING_GLOBAL(.block = {64})
void ops_u32(ring::span<const std::uint32_t> a, ring::span<const std::uint32_t> b,
             ring::span<std::uint32_t> out) {
  apply_all(a, b, out);
}
RING_GLOBAL(.block = {64})
void ops_i64(ring::span<const std::int64_t> a, ring::span<const std::int64_t> b,
             ring::span<std::int64_t> out) {
  apply_all(a, b, out);
}
RING_GLOBAL(.block = {64})
void ops_u64(ring::span<const std::uint64_t> a, ring::span<const std::uint64_t> b,
             ring::span<std::uint64_t> out) {
  apply_all(a, b, out);
}
