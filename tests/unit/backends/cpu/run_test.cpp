// The samples, compiled by the host compiler and run.
#include "compiled_module.h"

#include "../common/samples.h"

#include <bit>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

namespace ring::backends::cpu {
namespace {

TEST(CpuRunTest, GuardsTheLastBlock) {
  CompiledModule module(samples::kSaxpy);
  ASSERT_EQ(module.problem(), "");
  std::vector<float> x(300), y(300, 1.0f);
  std::iota(x.begin(), x.end(), 0.0f);
  module.run("saxpy", {2, 1, 1}, {span_of(x), span_of(y), value_of(2.0f)});
  for (std::size_t i = 0; i < x.size(); ++i)
    EXPECT_EQ(y[i], 2.0f * x[i] + 1.0f);
}

#ifndef __clang__
TEST(CpuRunTest, TheLoopOverThreadsVectorizes) {
  CompiledModule module(samples::kSaxpy);
  ASSERT_EQ(module.problem(), "");
  EXPECT_NE(module.remarks().find("loop vectorized"), std::string::npos) << module.remarks();
}
#endif

TEST(CpuRunTest, SplitsAtBarriersInAUniformLoop) {
  CompiledModule module(samples::kReduce);
  ASSERT_EQ(module.problem(), "");
  std::vector<std::uint32_t> x(1000), total(1, 5);
  std::iota(x.begin(), x.end(), 1u);
  module.run("sum", {4, 1, 1}, {span_of(x), span_of(total)});
  EXPECT_EQ(total[0], 5u + 1000u * 1001u / 2u);
}

TEST(CpuRunTest, TheCounterOfAUniformLoopStaysAScalar) {
  CompiledModule module(samples::kReduce);
  EXPECT_NE(module.source().find("for (u32 s = 128; s > 0; s /= 2) {"), std::string::npos)
      << module.source();
}

TEST(CpuRunTest, KeepsValuesAcrossBarriersInTwoDimensions) {
  CompiledModule module(samples::kTranspose);
  ASSERT_EQ(module.problem(), "");
  const std::uint32_t nx = 21, ny = 13;
  std::vector<float> in(nx * ny), out(nx * ny, -1.0f);
  std::iota(in.begin(), in.end(), 0.0f);
  module.run("transpose", {3, 2, 1}, {span_of(in), span_of(out), value_of(nx), value_of(ny)});
  std::vector<float> expected(nx * ny);
  for (std::uint32_t y = 0; y < ny; ++y) {
    for (std::uint32_t x = 0; x < nx; ++x) {
      // The thread that writes is the one of the mirrored place in its block.
      const std::uint32_t own_x = x / 8 * 8 + y % 8, own_y = y / 8 * 8 + x % 8;
      const float checksum = own_x < nx && own_y < ny ? 0.0f : static_cast<float>(own_x);
      expected[x * ny + y] = in[y * nx + x] + checksum;
    }
  }
  EXPECT_EQ(out, expected);
}

TEST(CpuRunTest, WarpOperationsAreExactInAPartialWarp) {
  CompiledModule module(samples::kWarp);
  ASSERT_EQ(module.problem(), "");
  const std::uint32_t n = 80;
  std::vector<std::uint32_t> x(n), y(8 * n);
  for (std::uint32_t i = 0; i < n; ++i)
    x[i] = i * 7 % 61;
  module.run("lanes", {1, 1, 1}, {span_of(x), span_of(y)});
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t first = i / 32 * 32, last = std::min(first + 32, n), lane = i - first;
    std::uint32_t sum = 0, largest = 0, odd = 0;
    bool some = false;
    for (std::uint32_t j = first; j < last; ++j) {
      sum += x[j];
      largest = std::max(largest, x[j]);
      odd |= (x[j] & 1u) << (j - first);
      some = some || x[j] == 7;
    }
    const auto lane_value = [&](std::uint32_t source) {
      return source < last - first ? x[first + source] : x[i];
    };
    if (first + 32 <= n) {
      EXPECT_EQ(y[i], sum) << "butterfly";
    }
    EXPECT_EQ(y[n + i], sum);
    EXPECT_EQ(y[2 * n + i], largest);
    EXPECT_EQ(y[3 * n + i], odd);
    EXPECT_EQ(y[4 * n + i], (some ? 1u : 0u) + 2u + (lane == 0 ? 4u : 0u));
    EXPECT_EQ(y[5 * n + i], lane_value(lane + 1));
    EXPECT_EQ(y[6 * n + i], lane_value(lane - 1));
    EXPECT_EQ(y[7 * n + i], lane_value((lane + 5) % 32));
  }
}

std::int32_t classify(std::int32_t x) {
  if (x == -1 || x == 0) return 10;
  if (x == 1) return 40;
  return x < 0 ? std::numeric_limits<std::int32_t>::min() : 30;
}

std::int32_t control(std::int32_t x) {
  std::int32_t count = 0;
  for (std::int32_t k = 1; k <= x; ++k) {
    if (k % 2 == 0) continue;
    if (k == 9) return -9;
    if (k == 11) continue;
    count += k;
  }
  do {
    ++count;
  } while (count < 4);
  if (count <= 20) count += 100;
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(count) +
                                   1000u * static_cast<std::uint32_t>(classify(x - 1)));
}

TEST(CpuRunTest, ControlFlow) {
  CompiledModule module(samples::kControl);
  ASSERT_EQ(module.problem(), "");
  std::vector<std::int32_t> x(32), y(32);
  std::iota(x.begin(), x.end(), -4);
  module.run("control", {1, 1, 1}, {span_of(x), span_of(y)});
  for (std::size_t i = 0; i < x.size(); ++i)
    EXPECT_EQ(y[i], control(x[i])) << "x = " << x[i];
}

TEST(CpuRunTest, UniformExitsAndEarlyReturns) {
  CompiledModule module(samples::kUniform);
  ASSERT_EQ(module.problem(), "");
  std::vector<std::uint32_t> x(16), y(32);
  for (std::uint32_t i = 0; i < 16; ++i)
    x[i] = i + 1;
  module.run("uniform_exit", {1, 1, 1}, {span_of(x), span_of(y)});
  std::uint32_t sums[4] = {};
  for (std::uint32_t i = 0; i < 16; ++i)
    sums[i / 4] += x[i] * (0 + 1 + 3);
  for (std::uint32_t i = 0; i < 16; ++i) {
    EXPECT_EQ(y[i], i % 3 == 0 ? 77 : sums[i / 4] + 3 * x[i]) << i;
    std::uint32_t even = 0;
    for (std::uint32_t value : {0u, x[i], 3 * x[i]})
      even += value % 2 == 0;
    EXPECT_EQ(y[16 + i], even) << i;
  }
  std::vector<std::uint32_t> nothing, untouched(32, 9);
  module.run("uniform_exit", {1, 1, 1}, {span_of(nothing), span_of(untouched)});
  EXPECT_EQ(untouched, std::vector<std::uint32_t>(32, 9));
}

struct Order {
  std::uint64_t amount;
  std::uint32_t account;
  std::uint8_t kind;
  std::uint16_t flags;
  std::int8_t tail[3];
};

TEST(CpuRunTest, ValuesOfAllKinds) {
  CompiledModule module(samples::kValues);
  ASSERT_EQ(module.problem(), "");
  std::vector<Order> orders{{10, 20, 1, 2, {3, 4, 5}}, {1, 7, 0, 0, {0, 0, 0}}};
  std::vector<double> y(11);
  struct alignas(16) Aligned {
    float first;
    alignas(16) float second;
  };
  module.run("values", {1, 1, 1}, {span_of(orders), span_of(y), value_of(Aligned{1.0f, 2.0f})});
  EXPECT_EQ(orders[0].amount, 9u);
  EXPECT_EQ(orders[0].kind, 249u);
  EXPECT_EQ(orders[0].flags, 65535u);
  EXPECT_EQ(orders[0].tail[1], -7);
  EXPECT_EQ(orders[1].account, 21u);
  EXPECT_EQ(orders[1].kind, 5u);
  EXPECT_EQ(orders[1].tail[0], 3);
  EXPECT_EQ(orders[1].tail[1], -7);
  EXPECT_EQ(y[0], -2147483648.0);
  EXPECT_EQ(y[1], -9223372036854775808.0);
  EXPECT_EQ(y[2], std::numeric_limits<double>::infinity());
  EXPECT_EQ(y[3], -std::numeric_limits<double>::infinity());
  EXPECT_EQ(y[4], static_cast<double>(0.1f));
  EXPECT_EQ(y[5], 0.1);
  EXPECT_EQ(y[6], static_cast<double>(std::bit_cast<std::uint32_t>(2.0f)));
  EXPECT_EQ(y[7], 0.0);
  EXPECT_EQ(y[8], 1.0);
  EXPECT_EQ(y[9], 21.0);
  EXPECT_EQ(y[10], 7.0 - 2147483647.0); // not computed in the type of the narrower operand
}

TEST(CpuRunTest, Atomics) {
  CompiledModule module(samples::kAtomics);
  ASSERT_EQ(module.problem(), "");
  std::vector<std::int32_t> i(4, 0);
  std::vector<std::int64_t> l(2, 0);
  std::vector<float> f(2, 0.0f);
  std::vector<double> d(2, 0.0);
  module.run("atomics", {1, 1, 1}, {span_of(i), span_of(l), span_of(f), span_of(d)});
  EXPECT_EQ(i, (std::vector<std::int32_t>{64, 0, 63, 0}));
  EXPECT_EQ(l, (std::vector<std::int64_t>{-64, 1}));
  EXPECT_EQ(f, (std::vector<float>{2.5f, 1.0f}));
  EXPECT_EQ(d, (std::vector<double>{1.5, 4.5}));
}

} // namespace
} // namespace ring::backends::cpu
