// Constants keep their names: two of one name, names that a target or a local has, one that is used
// as several types, and some that are bound to references.
#include <ring/kernel.h>

#include <algorithm>
#include <limits>

namespace close {
inline constexpr std::uint32_t kLimit = 3;
}
namespace far {
inline constexpr std::uint32_t kLimit = 300;
}

/// What other languages, and what ringcc writes before a kernel, have words for.
enum Word : std::uint32_t { var = 1, let = 2, fn = 4, threadIdx = 8, span = 16, warpSize = 32 };

enum class Reason : std::uint8_t { none, expired = 200 };

struct Tile {
  static constexpr std::int32_t kWidth = -16;
};

namespace {

constexpr std::uint32_t i = 7;
constexpr float kScale = 0.1f;
constexpr bool kRounds = true;
constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
const std::uint16_t kShort = 65535;

const std::uint32_t& larger(const std::uint32_t& a, const std::uint32_t& b) {
  return a < b ? b : a;
}

std::uint32_t with_locals(std::uint32_t var) {
  const std::uint32_t i = var * 3;
  const std::uint32_t kLimit = i + 1;
  return i ^ kLimit;
}

std::uint32_t code(Reason reason) {
  switch (reason) {
  case Reason::none:
    return let;
  case Reason::expired:
    return static_cast<std::uint32_t>(Reason::expired) + fn;
  }
  return 0;
}

} // namespace

RING_GLOBAL(.block = {32})
void use_constants(ring::span<const std::uint32_t> in, ring::span<std::uint32_t> out,
                   ring::span<std::int64_t> wide, ring::span<float> scaled) {
  const std::uint32_t at = ring::global_id().x;
  if (at >= in.size()) return;
  const std::uint32_t x = in[at];
  std::uint32_t sum = x < close::kLimit ? close::kLimit : x & far::kLimit;
  sum += larger(x, far::kLimit) + std::max(x, i) - std::min(close::kLimit, x);
  sum ^= (x & (var | let | threadIdx)) << fn;
  sum += with_locals(x) % span + code(x % 2 == 0 ? Reason::none : Reason::expired) * warpSize;
  sum += kShort * 2 + static_cast<std::uint8_t>(x + kShort);
  out[at] = kRounds ? sum : 0;
  wide[at] = (kLowest + x) / Tile::kWidth + kShort - Tile::kWidth;
  scaled[at] = static_cast<float>(x) * kScale;
}
