// int64.h against the host's own 64-bit integers, on edge values in all pairs and on random ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <random>
#include <vector>

#include "ring/library/int64.h"

namespace {

using namespace ring::library;
using i64 = std::int64_t;
using u64 = std::uint64_t;

U64 pack(u64 x) { return {static_cast<uint32_t>(x), static_cast<uint32_t>(x >> 32)}; }
u64 unpack(U64 x) { return u64{x.hi} << 32 | x.lo; }

const std::vector<u64>& edges() {
  static const std::vector<u64> values = [] {
    std::vector<u64> v = {0, 1, 2, 3, 5, 7, 10, 0xffff, 0x10000, 0x10001, 0x12345678, 1000000007};
    for (int bit : {15, 16, 23, 24, 31, 32, 33, 47, 48, 62, 63})
      for (i64 d : {-2, -1, 0, 1, 2})
        v.push_back((u64{1} << bit) + static_cast<u64>(d));
    const std::size_t n = v.size();
    for (std::size_t i = 0; i < n; ++i)
      v.push_back(~v[i]);
    return v;
  }();
  return values;
}

/// Random values of random widths: small, large and negative ones alike.
class Random {
public:
  u64 operator()() {
    const u64 x = engine_() >> (engine_() % 64);
    return engine_() % 4 == 0 ? 0 - x : x;
  }

private:
  std::mt19937_64 engine_{20240607};
};

template <typename Check> void for_pairs(Check check) {
  for (u64 a : edges())
    for (u64 b : edges())
      check(a, b);
  Random random;
  for (int i = 0; i < 2'000'000 && !::testing::Test::HasFailure(); ++i)
    check(random(), random());
}

/// Cheaper than EXPECT_EQ in a loop of millions.
void expect_equal(u64 got, u64 wanted, const char* what, u64 a, u64 b) {
  if (got != wanted)
    ADD_FAILURE() << what << "(" << a << ", " << b << ") = " << got << ", not " << wanted;
}
#define CHECK_OP(function, wanted)                                                                 \
  expect_equal(unpack(function(pack(a), pack(b))), static_cast<u64>(wanted), #function, a, b)
#define CHECK_PREDICATE(function, wanted)                                                          \
  expect_equal(function(pack(a), pack(b)), wanted, #function, a, b)

TEST(Int64, AddsSubtractsMultiplies) {
  for_pairs([](u64 a, u64 b) {
    CHECK_OP(u64_add, a + b);
    CHECK_OP(u64_sub, a - b);
    CHECK_OP(u64_mul, a * b);
    CHECK_OP(u64_and, a & b);
    CHECK_OP(u64_or, a | b);
    CHECK_OP(u64_xor, a ^ b);
    expect_equal(unpack(u64_neg(pack(a))), 0 - a, "neg", a, 0);
    expect_equal(unpack(u64_not(pack(a))), ~a, "not", a, 0);
  });
}

TEST(Int64, MultipliesHigh) {
  for_pairs([](u64 a, u64 b) {
    const auto wide = static_cast<unsigned __int128>(a) * b;
    const auto signed_wide = static_cast<__int128>(static_cast<i64>(a)) * static_cast<i64>(b);
    CHECK_OP(u64_mul_hi, wide >> 64);
    CHECK_OP(i64_mul_hi, signed_wide >> 64);
    expect_equal(mul_hi(a, b), static_cast<u64>(wide >> 64), "mul_hi u64", a, b);
    expect_equal(static_cast<u64>(mul_hi(static_cast<i64>(a), static_cast<i64>(b))),
                 static_cast<u64>(signed_wide >> 64), "mul_hi i64", a, b);
    const auto a32 = static_cast<uint32_t>(a), b32 = static_cast<uint32_t>(b);
    expect_equal(mul_hi(a32, b32), (u64{a32} * b32) >> 32, "mul_hi u32", a, b);
    const auto as = static_cast<std::int32_t>(a), bs = static_cast<std::int32_t>(b);
    expect_equal(static_cast<uint32_t>(mul_hi(as, bs)), static_cast<uint32_t>((i64{as} * bs) >> 32),
                 "mul_hi i32", a, b);
  });
}

TEST(Int64, Divides) {
  for_pairs([](u64 a, u64 b) {
    if (b == 0) return;
    CHECK_OP(u64_div, a / b);
    CHECK_OP(u64_rem, a % b);
    const auto sa = static_cast<i64>(a), sb = static_cast<i64>(b);
    if (sa == INT64_MIN && sb == -1) return;
    CHECK_OP(i64_div, sa / sb);
    CHECK_OP(i64_rem, sa % sb);
  });
}

TEST(Int64, DivisionByZeroEnds) {
  for (u64 a : edges()) {
    u64_div(pack(a), pack(0));
    i64_rem(pack(a), pack(0));
  }
}

TEST(Int64, Compares) {
  for_pairs([](u64 a, u64 b) {
    const auto sa = static_cast<i64>(a), sb = static_cast<i64>(b);
    CHECK_PREDICATE(u64_eq, a == b);
    CHECK_PREDICATE(u64_ne, a != b);
    CHECK_PREDICATE(u64_lt, a < b);
    CHECK_PREDICATE(u64_le, a <= b);
    CHECK_PREDICATE(u64_gt, a > b);
    CHECK_PREDICATE(u64_ge, a >= b);
    CHECK_PREDICATE(i64_lt, sa < sb);
    CHECK_PREDICATE(i64_le, sa <= sb);
    CHECK_PREDICATE(i64_gt, sa > sb);
    CHECK_PREDICATE(i64_ge, sa >= sb);
    CHECK_OP(u64_min, std::min(a, b));
    CHECK_OP(u64_max, std::max(a, b));
    CHECK_OP(i64_min, std::min(sa, sb));
    CHECK_OP(i64_max, std::max(sa, sb));
    expect_equal(unpack(i64_abs(pack(a))), sa < 0 ? 0 - a : a, "abs", a, 0);
  });
}

TEST(Int64, ShiftsAndCounts) {
  const auto check = [](u64 a) {
    for (uint32_t n = 0; n < 64; ++n) {
      expect_equal(unpack(u64_shl(pack(a), n)), a << n, "shl", a, n);
      expect_equal(unpack(u64_shr(pack(a), n)), a >> n, "shr", a, n);
      expect_equal(unpack(i64_shr(pack(a), n)), static_cast<u64>(static_cast<i64>(a) >> n), "sar",
                   a, n);
      const int s = static_cast<int>(n);
      expect_equal(unpack(u64_rotl(pack(a), s)), std::rotl(a, s), "rotl", a, n);
      expect_equal(unpack(u64_rotr(pack(a), s)), std::rotr(a, s), "rotr", a, n);
    }
    expect_equal(u64_popcount(pack(a)), std::popcount(a), "popcount", a, 0);
    expect_equal(u64_countl_zero(pack(a)), std::countl_zero(a), "countl_zero", a, 0);
    expect_equal(u64_countr_zero(pack(a)), std::countr_zero(a), "countr_zero", a, 0);
    expect_equal(u64_countl_one(pack(a)), std::countl_one(a), "countl_one", a, 0);
    expect_equal(u64_countr_one(pack(a)), std::countr_one(a), "countr_one", a, 0);
    expect_equal(unpack(u64_byteswap(pack(a))), __builtin_bswap64(a), "byteswap", a, 0);
    expect_equal(unpack(u64_bit_reverse(pack(a))), ring::bit_reverse(a), "bit_reverse", a, 0);
  };
  for (u64 a : edges())
    check(a);
  Random random;
  for (int i = 0; i < 100'000; ++i)
    check(random());
}

uint32_t float_bits(float x) { return std::bit_cast<uint32_t>(x); }

TEST(Int64, ConvertsToFloatWithOneRounding) {
  const auto check = [](u64 a) {
    expect_equal(float_bits(f32_from_u64(pack(a))), float_bits(static_cast<float>(a)),
                 "f32_from_u64", a, 0);
    expect_equal(float_bits(f32_from_i64(pack(a))),
                 float_bits(static_cast<float>(static_cast<i64>(a))), "f32_from_i64", a, 0);
  };
  for (u64 a : edges())
    check(a);
  // Around each half-way point between two floats.
  for (u64 mantissa : {u64{0x800000}, u64{0x800001}, u64{0xfffffe}, u64{0xffffff}})
    for (int shift = 1; shift <= 40; ++shift)
      for (i64 d : {-1, 0, 1})
        check((mantissa << shift) + (u64{1} << (shift - 1)) + static_cast<u64>(d));
  Random random;
  for (int i = 0; i < 2'000'000; ++i)
    check(random());
}

TEST(Int64, ConvertsFromFloatTowardsZero) {
  Random random;
  for (int i = 0; i < 2'000'000; ++i) {
    const float x = static_cast<float>(random()) * 0.37f;
    expect_equal(unpack(u64_from_f32(x)), static_cast<u64>(x), "u64_from_f32", i, 0);
    const float y = x * (i % 2 == 0 ? 0.49f : -0.49f);
    expect_equal(unpack(i64_from_f32(y)), static_cast<u64>(static_cast<i64>(y)), "i64_from_f32", i,
                 0);
  }
  EXPECT_EQ(unpack(u64_from_f32(0.999f)), 0u);
  EXPECT_EQ(unpack(u64_from_f32(0x1.fffffep63f)), 0xffffff0000000000u);
  EXPECT_EQ(unpack(i64_from_f32(-0x1p63f)), 0x8000000000000000u);
}

TEST(Int64, ConvertsBetweenIntegers) {
  for (u64 a : edges()) {
    const auto word = static_cast<uint32_t>(a);
    EXPECT_EQ(unpack(u64_from_u32(word)), u64{word});
    EXPECT_EQ(unpack(u64_from_i32(static_cast<std::int32_t>(word))),
              static_cast<u64>(i64{static_cast<std::int32_t>(word)}));
    EXPECT_EQ(u32_from_u64(pack(a)), word);
    EXPECT_EQ(bool_from_u64(pack(a)), a != 0);
  }
}

} // namespace
