// A8. Finds suspicious patterns in a log of one-byte event kinds and two-byte attributes; writes
// flags as narrow as it reads. Neighbouring threads write neighbouring bytes of one word.
#include <ring/kernel.h>

constexpr std::uint8_t kRepeated = 1u << 0;  // the same kind as the event before
constexpr std::uint8_t kBurst = 1u << 1;     // four failures in a row
constexpr std::uint8_t kEscalated = 1u << 2; // privilege bit appears where it was absent
constexpr std::uint8_t kOdd = 1u << 7;       // odd number of attribute bits

constexpr std::uint8_t kFailure = 0xF0;       // kinds 0xF0 … 0xFF are failures
constexpr std::uint16_t kPrivileged = 0x8000; // attribute bit

namespace {

bool is_failure(std::uint8_t kind) { return (kind & kFailure) == kFailure; }

bool odd_parity(std::uint16_t bits) {
  bits ^= bits >> 8;
  bits ^= bits >> 4;
  bits ^= bits >> 2;
  bits ^= bits >> 1;
  return bits & 1;
}

} // namespace

RING_GLOBAL(.block = {64})
void detect_patterns(ring::span<const std::uint8_t> kinds,
                     ring::span<const std::uint16_t> attributes, ring::span<std::uint8_t> flags,
                     ring::span<std::uint16_t> rolling) {
  const std::size_t i = ring::global_id().x;
  if (i >= kinds.size()) return;

  std::uint8_t found = 0;
  if (i > 0) {
    if (kinds[i - 1] == kinds[i]) found |= kRepeated;
    if (attributes[i] & ~attributes[i - 1] & kPrivileged) found |= kEscalated;
  }
  if (i >= 3) {
    bool all_failed = true;
    for (std::size_t back = 0; back < 4; ++back)
      all_failed = all_failed && is_failure(kinds[i - back]);
    if (all_failed) found |= kBurst;
  }
  if (odd_parity(attributes[i])) found |= kOdd;
  flags[i] = found;

  // A 16-bit sum that wraps, of the kinds sign-extended: −1 and 0xFF must not be mixed up.
  const auto signed_kind = static_cast<std::int8_t>(kinds[i]);
  rolling[i] = static_cast<std::uint16_t>(attributes[i] * 31 + signed_kind);
}
