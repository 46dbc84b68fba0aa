// Actors that several lanes run, as a host sees them.
#include "fixture.h"

#include "crowd.ring.h"
#include "teams.ring.h"

#include <array>

namespace ring::actors {
namespace {

ACTOR_SUITE(Scopes);

constexpr std::uint32_t kBinCount = 8;

TEST_P(Scopes, ABlockAddsTogether) {
  using namespace teams;
  auto adder = launch(Adder, {}, 10u);
  Numbers numbers{};
  numbers.count = 100;
  for (std::uint32_t i = 0; i < 100; ++i)
    numbers.values[i] = i;
  for (std::uint32_t turn = 1; turn <= 20; ++turn) {
    const auto sum = adder.call<Sum>(numbers).get(60s);
    EXPECT_EQ(sum.sum, 4960u);
    EXPECT_EQ(sum.lanes, 64u);
    EXPECT_EQ(sum.messages, turn);
  }
  EXPECT_EQ(settled(adder).telemetry.processed, 20u);
}

TEST_P(Scopes, SerialAndBlockInOneCrew) {
  using namespace teams;
  auto [adder, clerk] =
      runtime().launch_group(Launch{Adder, options(), 0u}, Launch{Clerk, options()});
  for (std::uint32_t i = 1; i <= 20; ++i) {
    adder.send(Numbers{1, {i}});
    EXPECT_EQ(clerk.call<Sum>(Ask{100}).get(60s).sum, 100u + i);
    EXPECT_EQ(adder.receive<Sum>(60s).sum, i);
  }
  adder.terminate();
  clerk.terminate();
}

TEST_P(Scopes, LanesHandleAMessageEach) {
  using namespace crowd;
  auto [histogram, collector] =
      runtime().launch_group(Launch{Histogram, options({.routes = {{"large", "collector"}}})},
                             Launch{Collector, options({.name = "collector"})});
  std::array<std::uint32_t, 8> bins{}, large{};
  std::vector<Sample> samples;
  std::uint32_t answers = 0;
  for (std::uint32_t i = 0; i < 500; ++i) {
    samples.push_back({i * 7 % 1200});
    const std::uint32_t value = samples.back().value;
    ++bins[value % kBinCount];
    if (value >= 1000) ++large[value % kBinCount];
    if (value % 2 == 0) ++answers;
  }
  histogram.send(std::span<const Sample>(samples));
  for (std::uint32_t i = 0; i < answers; ++i)
    EXPECT_EQ(histogram.receive<Bin>(60s).value % 2, 0u);
  EXPECT_EQ(settled(histogram).telemetry.processed, 500u);
  EXPECT_EQ(settled(histogram).telemetry.dropped, 0u);
  const auto counts = collector.call<Counts>(Report{}).get(60s);
  for (std::uint32_t bin = 0; bin < kBinCount; ++bin)
    EXPECT_EQ(counts.bins[bin], large[bin]) << bin;
  histogram.terminate(Terminate::drain);
  const auto own = histogram.receive<Counts>(60s);
  for (std::uint32_t bin = 0; bin < kBinCount; ++bin)
    EXPECT_EQ(own.bins[bin], bins[bin]) << bin;
  collector.terminate();
}

TEST_P(Scopes, AWarpMultipliesTogether) {
  using namespace crowd;
  auto multiplier = launch(Multiplier);
  Vectors vectors{};
  for (std::uint32_t i = 0; i < 96; ++i) {
    vectors.a[i] = i;
    vectors.b[i] = 2;
  }
  for (std::uint32_t turn = 1; turn <= 20; ++turn) {
    const auto dot = multiplier.call<Dot>(vectors).get(60s);
    EXPECT_EQ(dot.value, 9120u);
    EXPECT_EQ(dot.lanes, 32u);
    EXPECT_EQ(dot.total, turn * 9120u);
  }
}

} // namespace
} // namespace ring::actors
