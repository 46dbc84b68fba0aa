// C4, C5, C8, C9: actors that send to each other.
#include "fixture.h"

#include "halo_tiles.ring.h"
#include "numbers.ring.h"
#include "ping_pong.ring.h"
#include "pipeline.ring.h"

#include <cmath>
#include <thread>

namespace ring::actors {
namespace {

ACTOR_SUITE(Routes);

TEST_P(Routes, PingPong) {
  constexpr std::uint32_t kRounds = 200;
  auto [ping, pong] = runtime().launch_group(
      Launch{ping_pong::Ping, options({.routes = {{"pong", "pong"}, {"out", "host"}}})},
      Launch{ping_pong::Pong, options()});
  ping.send(ping_pong::Play{kRounds});
  const auto done = ping.receive<ping_pong::Done>(60s);
  EXPECT_EQ(done.hits, kRounds);
  EXPECT_EQ(done.clock_went_back, 0u);
  EXPECT_EQ(settled(pong).telemetry.processed, kRounds);
}

TEST_P(Routes, PipelineSeesEveryEventOnce) {
  using namespace pipeline;
  constexpr std::uint32_t kEvents = 500;
  auto alerts = launch(Alerts, {.routes = {{"out", "host"}}});
  auto aggregate = launch(Aggregate, {.routes = {{"next", "alert"}}});
  auto filter = launch(Filter, {.routes = {{"next", "aggregate"}}}, std::uint64_t{100});
  auto ingest = launch(Ingest, {.routes = {{"next", "filter"}}});
  std::uint32_t passed = 0;
  for (std::uint32_t i = 0; i < kEvents; ++i) {
    ingest.send(Event{i, i, i});
    passed += i >= 100 ? 1 : 0;
  }
  const auto seen = ingest.call<Seen>(Flush{}).get(60s);
  EXPECT_EQ(seen.events, kEvents);
  EXPECT_EQ(seen.out_of_order, 0u);
  std::uint32_t events = 0;
  std::uint64_t amount = 0;
  for (std::uint32_t key = 0; key < 8; ++key) {
    const auto alert = alerts.receive<Alert>(60s);
    EXPECT_EQ(alert.key, key);
    events += alert.events;
    amount += alert.amount;
  }
  EXPECT_EQ(events, passed);
  EXPECT_EQ(amount, std::uint64_t{499} * 500 / 2 - std::uint64_t{99} * 100 / 2);
}

TEST_P(Routes, WaveOfTiles) {
  using namespace halo_tiles;
  constexpr std::uint32_t kSteps = 20;
  std::vector<Launch<std::remove_cvref_t<decltype(Tile)>, std::uint32_t, std::uint32_t, float>>
      launches;
  const auto name = [](std::uint32_t tile) { return "tile " + std::to_string(tile); };
  for (std::uint32_t tile = 0; tile < 4; ++tile) {
    const bool is_east = tile % 2 == 1, is_south = tile / 2 == 1;
    launches.emplace_back(Tile,
                          options({.name = name(tile),
                                   .routes = {{is_east ? "west" : "east", name(tile ^ 1)},
                                              {is_south ? "north" : "south", name(tile ^ 2)},
                                              {"out", "host"}}}),
                          tile, (is_east ? 1U : 2U) | (is_south ? 4U : 8U), 0.25f);
  }
  auto tiles = runtime().launch_group(std::move(launches));
  tiles[0].send(Pulse{7, 7, 1.0f});
  for (auto& tile : tiles)
    tile.send(halo_tiles::Run{kSteps});
  // The pulse was put beside the centre: the sum over a free wave's cells is not kept by a fixed
  // edge, but what crosses the middle is symmetric about the diagonal.
  Cells cells[4];
  for (auto& tile : tiles) {
    const auto got = tile.receive<Cells>(60s);
    EXPECT_EQ(got.steps, kSteps);
    cells[got.tile] = got;
  }
  float largest = 0;
  for (std::uint32_t y = 0; y < 8; ++y) {
    for (std::uint32_t x = 0; x < 8; ++x) {
      EXPECT_NEAR(cells[1].cells[y * 8 + x], cells[2].cells[x * 8 + y],
                  1e-6); // sums in another order
      largest = std::max(largest, std::abs(cells[3].cells[y * 8 + x]));
    }
  }
  EXPECT_GT(largest, 0.001f); // it has come to the last tile
}

TEST_P(Routes, ASlowReceiverLosesNothing) {
  using namespace numbers;
  auto sink = launch(Sink, {.mailbox = 4});
  auto source = launch(Source, {.mailbox = 2, .outbox = 16, .routes = {{"next", "sink"}}});
  for (std::uint32_t burst = 0; burst < 20; ++burst)
    source.send(Burst{1, burst * 8, 8});
  Tally tally{};
  for (int tries = 0; tally.count < 160 && tries < 2000; ++tries)
    tally = sink.call<Tally>(Ask{}).get(60s);
  EXPECT_EQ(tally.count, 160u);
  EXPECT_EQ(tally.out_of_order, 0u);
  EXPECT_EQ(tally.sum, 159u * 160u / 2);
  EXPECT_EQ(source.metrics().telemetry.dropped, 0u);
}

TEST_P(Routes, EightProducersEachInOrder) {
  using namespace numbers;
  constexpr std::uint32_t kEach = 200;
  auto sink = launch(Sink, {.mailbox = 16});
  std::vector<std::thread> producers;
  for (std::uint32_t producer = 0; producer < 8; ++producer)
    producers.emplace_back([=]() mutable {
      for (std::uint32_t i = 0; i < kEach; ++i)
        sink.send(Number{producer, i});
    });
  for (std::thread& producer : producers)
    producer.join();
  const auto tally = sink.call<Tally>(Ask{}).get(60s);
  EXPECT_EQ(tally.count, 8 * kEach);
  EXPECT_EQ(tally.out_of_order, 0u);
}

TEST_P(Routes, TwoThatAskEachOther) {
  using namespace numbers;
  constexpr std::uint32_t kQuestions = 100;
  auto [a, b] = runtime().launch_group(
      Launch{Asker,
             options({.name = "a", .mailbox = 1, .routes = {{"other", "b"}, {"out", "host"}}})},
      Launch{Asker,
             options({.name = "b", .mailbox = 1, .routes = {{"other", "a"}, {"out", "host"}}})});
  a.send(Go{kQuestions});
  b.send(Go{kQuestions});
  EXPECT_EQ(a.template receive<Finished>(60s).answers, kQuestions);
  EXPECT_EQ(b.template receive<Finished>(60s).answers, kQuestions);
}

TEST_P(Routes, HopsAreCounted) {
  using namespace numbers;
  auto [a, b] =
      runtime().launch_group(Launch{Passer, options({.name = "a", .routes = {{"next", "b"}}})},
                             Launch{Passer, options({.name = "b", .routes = {{"next", "a"}}})});
  a.send(Number{1, 2});
  std::vector<DeadLetter> letters;
  for (int tries = 0; letters.empty() && tries < 3000; ++tries) {
    std::this_thread::sleep_for(1ms);
    letters = a.dead_letters();
  }
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::hops_exceeded);
}

} // namespace
} // namespace ring::actors
