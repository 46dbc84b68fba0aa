// A16. Checksums and small generators: CRC-32, FNV-1a in two widths, xorshift in two widths. One
// thread a message.
#include <ring/kernel.h>

#include <array>

namespace {

/// Table of CRC-32 (IEEE 802.3, reflected polynomial 0xEDB88320), made by the compiler.
constexpr std::array<std::uint32_t, 256> make_crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit)
      value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0u);
    table[byte] = value;
  }
  return table;
}

constexpr std::array<std::uint32_t, 256> kCrcTable = make_crc_table();
static_assert(kCrcTable[255] == 0x2D02EF8Du);

} // namespace

RING_GLOBAL(.block = {64})
void crc32(ring::span<const std::uint8_t> data, ring::span<const std::uint32_t> offsets,
           ring::span<std::uint32_t> checksums) {
  const auto message = ring::global_id().x;
  if (message >= checksums.size()) return;
  std::uint32_t crc = ~0u;
  for (std::uint32_t i = offsets[message]; i < offsets[message + 1]; ++i) {
    crc = crc >> 8 ^ kCrcTable[(crc ^ data[i]) & 0xFF];
  }
  checksums[message] = ~crc;
}

RING_GLOBAL(.block = {64})
void fnv1a(ring::span<const std::uint8_t> data, ring::span<const std::uint32_t> offsets,
           ring::span<std::uint32_t> hashes32, ring::span<std::uint64_t> hashes64) {
  const auto message = ring::global_id().x;
  if (message >= hashes32.size()) return;
  std::uint32_t narrow = 0x811C9DC5u;
  std::uint64_t wide = 0xCBF29CE484222325u;
  for (const std::uint8_t byte :
       data.subspan(offsets[message], offsets[message + 1] - offsets[message])) {
    narrow = (narrow ^ byte) * 0x01000193u;
    wide = (wide ^ byte) * 0x00000100000001B3u;
  }
  hashes32[message] = narrow;
  hashes64[message] = wide;
}

/// `steps` numbers of Marsaglia's xorshift32 and of xorshift64* from each seed; the last of each is
/// kept.
RING_GLOBAL(.block = {64})
void xorshift(ring::span<std::uint32_t> states32, ring::span<std::uint64_t> states64,
              ring::span<std::uint64_t> last, std::uint32_t steps) {
  const auto i = ring::global_id().x;
  if (i >= states32.size()) return;
  std::uint32_t& narrow = states32[i];
  std::uint64_t wide = states64[i];
  for (std::uint32_t n = 0; n < steps; ++n) {
    narrow ^= narrow << 13;
    narrow ^= narrow >> 17;
    narrow ^= narrow << 5;

    wide ^= wide >> 12;
    wide ^= wide << 25;
    wide ^= wide >> 27;
  }
  states64[i] = wide;
  last[i] = wide * 0x2545F4914F6CDD1Du;
}
