// Block reductions and float atomics of the library, run by the host runner.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "ring/host.h"
#include "ring/library/atomic.h"
#include "ring/library/reduce.h"
#include "ring/library/warp.h"

namespace {

namespace library = ring::library;

template <typename T> class Reduce : public ::testing::Test {};
using Types =
    ::testing::Types<float, double, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t>;
TYPED_TEST_SUITE(Reduce, Types);

TYPED_TEST(Reduce, ReducesBlocksOfAnyShape) {
  using T = TypeParam;
  for (const ring::Dim3 block : {ring::Dim3{1}, {2}, {7, 3}, {32, 4}, {5, 5, 5}, {1024}}) {
    const std::uint32_t n = block.x * block.y * block.z;
    const T last = static_cast<T>(n);
    ring::host::launch({2}, block, [&] {
      const T mine = static_cast<T>(library::linear_thread_id()) + T(1);
      EXPECT_EQ(library::block_sum(mine), last * (last + T(1)) / T(2));
      EXPECT_EQ(library::block_min(mine), T(1));
      EXPECT_EQ(library::block_max(mine), last);
      EXPECT_EQ(library::block_product(mine == T(3) ? T(5) : T(1)), n < 3 ? T(1) : T(5));
    });
  }
}

template <typename T> class ReduceBits : public ::testing::Test {};
using Integers = ::testing::Types<std::int32_t, std::uint32_t, std::int64_t, std::uint64_t>;
TYPED_TEST_SUITE(ReduceBits, Integers);

TYPED_TEST(ReduceBits, ReducesBits) {
  using T = TypeParam;
  ring::host::launch({1}, {100}, [] {
    const T mine = static_cast<T>(library::linear_thread_id());
    EXPECT_EQ(library::block_or(mine), T(127));
    EXPECT_EQ(library::block_and(mine | T(64)), T(64));
    EXPECT_EQ(library::block_xor(mine), T(0));
  });
}

TEST(LibraryAtomics, AgreeWithTheDeviceApi) {
  float sum = 0;
  double least = 100;
  std::int64_t most = -5;
  ring::host::launch({4}, {64}, [&] {
    const auto i = ring::global_id().x;
    library::atomic_add(sum, 0.25f);
    library::atomic_min(least, 50.0 - i);
    library::atomic_max(most, std::int64_t{i} << 33);
  });
  EXPECT_EQ(sum, 64.0f);
  EXPECT_EQ(least, -205.0);
  EXPECT_EQ(most, std::int64_t{255} << 33);
}

TEST(LibraryAtomics, AddEndsOnNaN) {
  float x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(std::isnan(library::atomic_add(x, 1.0f)));
}

TEST(LibraryWarp, NumbersWarpsInOrder) {
  ring::host::launch({1}, {5, 20}, [] { EXPECT_EQ(library::warp_id(), ring::warp_id()); });
}

} // namespace
