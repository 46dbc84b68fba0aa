// All of <bit> on every unsigned type, bit_cast, and what ring:: adds.
#include <ring/kernel.h>

#include <bit>

namespace {

template <class U> void inspect(ring::span<const U> in, ring::span<U> out) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const U x = in[i];
  const U below_top = static_cast<U>(x >> 1); // bit_ceil must be representable
  U* results = &out[12 * i];
  results[0] = static_cast<U>(std::popcount(x));
  results[1] = static_cast<U>(std::countl_zero(x));
  results[2] = static_cast<U>(std::countr_zero(x));
  results[3] = static_cast<U>(std::countl_one(x));
  results[4] = static_cast<U>(std::countr_one(x));
  results[5] = static_cast<U>(std::bit_width(x));
  results[6] = std::bit_floor(x);
  results[7] = std::bit_ceil(below_top);
  results[8] = std::has_single_bit(x) ? 1 : 0;
  results[9] = std::rotl(x, static_cast<int>(i % 70));
  results[10] = std::rotr(x, static_cast<int>(i % 70));
  results[11] = std::rotl(x, -3);
}

} // namespace

RING_GLOBAL(.block = {32})
void bits_u8(ring::span<const std::uint8_t> in, ring::span<std::uint8_t> out) { inspect(in, out); }
RING_GLOBAL(.block = {32})
void bits_u16(ring::span<const std::uint16_t> in, ring::span<std::uint16_t> out) {
  inspect(in, out);
}
RING_GLOBAL(.block = {32})
void bits_u32(ring::span<const std::uint32_t> in, ring::span<std::uint32_t> out) {
  inspect(in, out);
}
RING_GLOBAL(.block = {32})
void bits_u64(ring::span<const std::uint64_t> in, ring::span<std::uint64_t> out) {
  inspect(in, out);
}

RING_GLOBAL(.block = {32})
void cast_bits(ring::span<const float> reals, ring::span<std::uint32_t> words,
               ring::span<float> back) {
  const auto i = ring::global_id().x;
  if (i >= reals.size()) return;
  const auto word = std::bit_cast<std::uint32_t>(reals[i]);
  words[i] = word;
  back[i] = std::bit_cast<float>(word ^ 0x80000000u);
}

RING_GLOBAL(.block = {32})
void cast_bits_f64(ring::span<const double> reals, ring::span<std::uint64_t> words,
                   ring::span<double> back) {
  const auto i = ring::global_id().x;
  if (i >= reals.size()) return;
  const auto word = std::bit_cast<std::uint64_t>(reals[i]);
  words[i] = word;
  back[i] = std::bit_cast<double>(word ^ 1);
}

RING_GLOBAL(.block = {32})
void dot_bytes(ring::span<const std::uint32_t> a, ring::span<const std::uint32_t> b,
               ring::span<std::int32_t> signed_sums, ring::span<std::uint32_t> unsigned_sums) {
  const auto i = ring::global_id().x;
  if (i >= a.size()) return;
  signed_sums[i] = ring::dot4_add_i8(static_cast<std::int32_t>(a[i]),
                                     static_cast<std::int32_t>(b[i]), 2147483647);
  unsigned_sums[i] = ring::dot4_add_u8(a[i], b[i], 4294967295u);
}

RING_GLOBAL(.block = {32})
void more_bits(ring::span<const std::uint32_t> narrow, ring::span<const std::uint64_t> wide,
               ring::span<std::uint32_t> narrow_out, ring::span<std::uint64_t> wide_out) {
  const auto i = ring::global_id().x;
  if (i >= narrow.size()) return;
  const std::uint32_t n = narrow[i];
  const std::uint64_t w = wide[i];
  narrow_out[4 * i] = ring::bit_reverse(n);
  narrow_out[4 * i + 1] = ring::byteswap(n);
  narrow_out[4 * i + 2] = ring::mul_hi(n, static_cast<std::uint32_t>(w));
  narrow_out[4 * i + 3] =
      static_cast<std::uint32_t>(ring::mul_hi(static_cast<std::int32_t>(n), -123456789)) ^
      ring::byteswap(static_cast<std::uint16_t>(n));
  wide_out[4 * i] = ring::bit_reverse(w);
  wide_out[4 * i + 1] = ring::byteswap(w);
  wide_out[4 * i + 2] = ring::mul_hi(w, ~w);
  wide_out[4 * i + 3] = static_cast<std::uint64_t>(
      ring::mul_hi(static_cast<std::int64_t>(w), static_cast<std::int64_t>(n) - 0x7FFFFFFF));
}
