// bits.h and select.h against <bit> and <algorithm>.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "ring/library/bits.h"
#include "ring/library/select.h"

namespace {

namespace library = ring::library;

template <typename T> void check_bits(T x) {
  ASSERT_EQ(library::popcount(x), std::popcount(x)) << +x;
  ASSERT_EQ(library::countl_zero(x), std::countl_zero(x)) << +x;
  ASSERT_EQ(library::countr_zero(x), std::countr_zero(x)) << +x;
  ASSERT_EQ(library::countl_one(x), std::countl_one(x)) << +x;
  ASSERT_EQ(library::countr_one(x), std::countr_one(x)) << +x;
  for (int s = -70; s <= 70; ++s) {
    ASSERT_EQ(library::rotl(x, s), std::rotl(x, s)) << +x << " by " << s;
    ASSERT_EQ(library::rotr(x, s), std::rotr(x, s)) << +x << " by " << s;
  }
}

template <typename T> class Bits : public ::testing::Test {};
using Widths = ::testing::Types<std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t>;
TYPED_TEST_SUITE(Bits, Widths);

TYPED_TEST(Bits, AgreesWithTheStandardLibrary) {
  std::mt19937_64 random(7);
  for (int shift = 0; shift < 64; ++shift)
    for (std::uint64_t base : {std::uint64_t{1}, ~std::uint64_t{0}, std::uint64_t{0}})
      check_bits(static_cast<TypeParam>(base << shift));
  for (int i = 0; i < 20'000; ++i)
    check_bits(static_cast<TypeParam>(random() >> (random() % 64)));
}

TEST(BitsOrder, ReversesBytesAndBits) {
  EXPECT_EQ(library::byteswap(std::uint16_t{0x1234}), 0x3412);
  EXPECT_EQ(library::byteswap(0x12345678u), 0x78563412u);
  EXPECT_EQ(library::byteswap(std::uint64_t{0x0123456789abcdef}), 0xefcdab8967452301u);
  EXPECT_EQ(library::bit_reverse(1u), 0x80000000u);
  EXPECT_EQ(library::bit_reverse(0x12345678u), 0x1e6a2c48u);
  EXPECT_EQ(library::bit_reverse(std::uint64_t{1}), std::uint64_t{1} << 63);
}

TEST(BitsDot, AddsTheProductsOfBytes) {
  EXPECT_EQ(library::dot4_add_i8(0x01020304, 0x05060708, 100), 100 + 5 + 12 + 21 + 32);
  EXPECT_EQ(library::dot4_add_u8(0xffffffffu, 0xffffffffu, 0u), 4 * 255u * 255u);
  EXPECT_EQ(library::dot4_add_i8(-1, 0x7f80'0001, std::numeric_limits<std::int32_t>::min()),
            std::numeric_limits<std::int32_t>::min()); // -127 + 128 + 0 - 1
  EXPECT_EQ(library::dot4_add_u8(1u, 1u, ~0u), 0u);
  EXPECT_EQ(library::dot4_add_i8(1, 1, std::numeric_limits<std::int32_t>::max()),
            std::numeric_limits<std::int32_t>::min());
  std::mt19937 random(8);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint32_t a = random(), b = random(), sum = random();
    const auto s = [](std::uint32_t x) { return static_cast<std::int32_t>(x); };
    ASSERT_EQ(library::dot4_add_u8(a, b, sum), ring::dot4_add_u8(a, b, sum)) << a << ", " << b;
    ASSERT_EQ(library::dot4_add_i8(s(a), s(b), s(sum)), ring::dot4_add_i8(s(a), s(b), s(sum)))
        << a << ", " << b;
  }
}

TEST(Select, SaturatesNanToZero) {
  const auto check = []<typename Real>(Real) {
    using Limits = std::numeric_limits<Real>;
    for (const Real zero :
         {Real(0), Real(-0.0), Real(-2), -Limits::infinity(), Limits::quiet_NaN()}) {
      EXPECT_EQ(library::saturate(zero), 0) << zero;
      EXPECT_FALSE(std::signbit(library::saturate(zero))) << zero;
    }
    EXPECT_EQ(library::saturate(Real(0.25)), Real(0.25));
    EXPECT_EQ(library::saturate(Limits::denorm_min()), Limits::denorm_min());
    EXPECT_EQ(library::saturate(Real(1.5)), Real(1));
    EXPECT_EQ(library::saturate(Limits::infinity()), Real(1));
  };
  check(0.0f);
  check(0.0);
}

TEST(Select, ComparesFloatsAsTheStandardLibrary) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (float a : {0.0f, -0.0f, 1.0f, -2.0f, nan})
    for (float b : {0.0f, -0.0f, 1.0f, -2.0f, nan}) {
      const auto bits = [](float x) { return std::bit_cast<std::uint32_t>(x); };
      EXPECT_EQ(bits(library::float_min(a, b)), bits(std::min(a, b))) << a << ", " << b;
      EXPECT_EQ(bits(library::float_max(a, b)), bits(std::max(a, b))) << a << ", " << b;
    }
  EXPECT_EQ(library::clamp(std::int8_t{-5}, std::int8_t{-3}, std::int8_t{9}), -3);
  EXPECT_EQ(library::float_clamp(2.0, 0.0, 1.0), 1.0);
  EXPECT_EQ(library::min(~std::uint64_t{0}, std::uint64_t{1}), 1u);
}

} // namespace
