#include "test_arena.h"

#include <cstring>
#include <numeric>

namespace ring::protocol::test {
namespace {

/// Of 32 bytes.
std::uint32_t checksum_of(const std::vector<unsigned char>& bytes) {
  const TestArena arena;
  constexpr std::uint32_t kAt = 0x8000;
  std::memcpy(&words[kAt], bytes.data(), bytes.size());
  return checksum(kAt, static_cast<std::uint32_t>(bytes.size() / 4));
}

// RFC 3720, appendix B.4.
TEST(Checksum, HasTheKnownAnswers) {
  std::vector<unsigned char> bytes(32, 0);
  EXPECT_EQ(checksum_of(bytes), 0x8A9136AAu);
  bytes.assign(32, 0xFF);
  EXPECT_EQ(checksum_of(bytes), 0x62A8AB43u);
  std::iota(bytes.begin(), bytes.end(), 0);
  EXPECT_EQ(checksum_of(bytes), 0x46DD794Eu);
  std::iota(bytes.rbegin(), bytes.rend(), 0);
  EXPECT_EQ(checksum_of(bytes), 0x113FDB5Cu);
  EXPECT_EQ(checksum_of({}), 0u);
}

} // namespace
} // namespace ring::protocol::test
