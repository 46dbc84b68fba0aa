// Conversions from every arithmetic type to every other: one kernel a source type, one struct of
// all destinations.
#include <ring/kernel.h>

struct Integers {
  std::int64_t i64;
  std::uint64_t u64;
  std::int32_t i32;
  std::uint32_t u32;
  std::int16_t i16;
  std::uint16_t u16;
  std::int8_t i8;
  std::uint8_t u8;
  bool truth;
  std::uint8_t spare[1];
};

static_assert(sizeof(Integers) == 32);

namespace {

/// From integers and bool, whatever their value: the low bits, as C++20 defines it.
template <class S>
void convert(ring::span<const S> in, ring::span<Integers> integers, ring::span<float> floats) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const S value = in[i];
  Integers& out = integers[i];
  // NOLINTBEGIN(bugprone-signed-char-misuse): that a negative value keeps its sign is the test
  out.i64 = static_cast<std::int64_t>(value);
  out.u64 = static_cast<std::uint64_t>(value);
  out.i32 = static_cast<std::int32_t>(value);
  out.u32 = static_cast<std::uint32_t>(value);
  out.i16 = static_cast<std::int16_t>(value);
  out.u16 = static_cast<std::uint16_t>(value);
  // NOLINTEND(bugprone-signed-char-misuse)
  out.i8 = static_cast<std::int8_t>(value);
  out.u8 = static_cast<std::uint8_t>(value);
  out.truth = static_cast<bool>(value);
  out.spare[0] = 0;
  floats[i] = static_cast<float>(value);
}

/// From floats: toward zero, and only where the destination holds the answer.
template <class S> void convert_real(ring::span<const S> in, ring::span<Integers> integers) {
  const auto i = ring::global_id().x;
  if (i >= in.size()) return;
  const S value = in[i];
  const S size = value < 0 ? -value : value;
  Integers& out = integers[i];
  out.i64 = size < S(9e18) ? static_cast<std::int64_t>(value) : 0;
  out.u64 = value > -1 && value < S(1.8e19) ? static_cast<std::uint64_t>(value) : 0;
  out.i32 = size < S(2e9) ? static_cast<std::int32_t>(value) : 0;
  out.u32 = value > -1 && value < S(4e9) ? static_cast<std::uint32_t>(value) : 0;
  out.i16 = size < S(32768) ? static_cast<std::int16_t>(value) : std::int16_t{0};
  out.u16 = value > -1 && value < S(65536) ? static_cast<std::uint16_t>(value) : std::uint16_t{0};
  out.i8 = size < S(128) ? static_cast<std::int8_t>(value) : std::int8_t{0};
  out.u8 = value > -1 && value < S(256) ? static_cast<std::uint8_t>(value) : std::uint8_t{0};
  out.truth = static_cast<bool>(value);
  out.spare[0] = 0;
}

} // namespace

RING_GLOBAL(.block = {32})
void from_i8(ring::span<const std::int8_t> in, ring::span<Integers> integers,
             ring::span<float> floats) {
  convert(in, integers, floats);
}
RING_GLOBAL(.block = {32})
void from_u8(ring::span<const std::uint8_t> in, ring::span<Integers> integers,
             ring::span<float> floats) {
  convert(in, integers, floats);
}
RING_GLOBAL(.block = {32})
void from_i16(ring::span<const std::int16_t> in, ring::span<Integers> integers,
              ring::span<float> floats) {
  convert(in, integers, floats);
}
RING_GLOBAL(.block = {32})
void from_u16(ring::span<const std::uint16_t> in, ring::span<Integers> integers,
              ring::span<float> floats) {
  convert(in, integers, floats);
}
RING_GLOBAL(.block = {32})
void from_i32(ring::span<const std::int32_t> in, ring::span<Integers> integers,
              ring::span<float> floats) {
  convert(in, integers, floats);
}
RING_GLOBAL(.block = {32})
void from_u32(ring::span<const std::uint32_t> in, ring::span<Integers> integers,
              ring::span<float> floats) {
  convert(in, integers, floats);
}
RING_GLOBAL(.block = {32})
void from_i64(ring::span<const std::int64_t> in, ring::span<Integers> integers,
              ring::span<float> floats) {
  convert(in, integers, floats);
}
RING_GLOBAL(.block = {32})
void from_u64(ring::span<const std::uint64_t> in, ring::span<Integers> integers,
              ring::span<float> floats) {
  convert(in, integers, floats);
}
RING_GLOBAL(.block = {32})
void from_bool(ring::span<const bool> in, ring::span<Integers> integers, ring::span<float> floats) {
  convert(in, integers, floats);
}
RING_GLOBAL(.block = {32})
void from_f32(ring::span<const float> in, ring::span<Integers> integers) {
  convert_real(in, integers);
}
RING_GLOBAL(.block = {32})
void from_f64(ring::span<const double> in, ring::span<Integers> integers,
              ring::span<float> narrow) {
  convert_real(in, integers);
  const auto i = ring::global_id().x;
  if (i < in.size()) narrow[i] = static_cast<float>(in[i]);
}
RING_GLOBAL(.block = {32})
void to_f64(ring::span<const std::int64_t> wide, ring::span<const std::uint64_t> unsigned_wide,
            ring::span<const float> reals, ring::span<double> out) {
  const auto i = ring::global_id().x;
  if (i >= wide.size()) return;
  out[6 * i] = static_cast<double>(wide[i]);
  out[6 * i + 1] = static_cast<double>(unsigned_wide[i]);
  out[6 * i + 2] = static_cast<double>(static_cast<std::int32_t>(wide[i]));
  out[6 * i + 3] = static_cast<std::uint32_t>(unsigned_wide[i]);
  out[6 * i + 4] = reals[i];
  out[6 * i + 5] = static_cast<std::int8_t>(wide[i]) + static_cast<std::uint16_t>(unsigned_wide[i]);
}

/// The conversions that C++ makes unasked: promotion, the usual arithmetic conversions, narrowing
/// on assignment.
RING_GLOBAL(.block = {32})
void implicit(ring::span<const std::int8_t> narrow, ring::span<const std::uint32_t> wide,
              ring::span<std::int64_t> out) {
  const auto i = ring::global_id().x;
  if (i >= narrow.size()) return;
  const std::int8_t s = narrow[i];
  const std::uint8_t u = static_cast<std::uint8_t>(s);
  const std::uint32_t w = wide[i];
  out[8 * i] = s + u;                                        // int
  out[8 * i + 1] = s + w;                                    // unsigned: a negative s wraps
  out[8 * i + 2] = s * 2.5f;                                 // float, then truncated
  out[8 * i + 3] = -u;                                       // int, negative
  out[8 * i + 4] = s < static_cast<std::int32_t>(w) ? s : w; // the common type is unsigned
  std::uint8_t wrapped = u;
  wrapped += 200;
  out[8 * i + 5] = wrapped;
  out[8 * i + 6] = u << 8 | u;
  out[8 * i + 7] = ~u;
}
