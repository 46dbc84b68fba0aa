// C1 to C3, C6 and C7: what one actor answers.
#include "fixture.h"

#include "counter.ring.h"
#include "echo.ring.h"
#include "ledger.ring.h"
#include "monitor.ring.h"
#include "pagerank.ring.h"

#include <array>
#include <cstring>
#include <thread>
#include <variant>

namespace ring::actors {
namespace {

ACTOR_SUITE(Messages);

constexpr std::array<float, 3> kWeights{9, 2, 9};

TEST_P(Messages, Echo) {
  auto echo = launch(::echo::repeat);
  ::echo::Text text{};
  std::memcpy(text.bytes, "hello, world!", 13);
  text.length = 13;
  echo.send(text);
  const auto back = echo.receive<::echo::Text>(30s);
  EXPECT_EQ(std::memcmp(&back, &text, sizeof text), 0);
}

TEST_P(Messages, Adder) {
  auto adder = launch(::echo::add);
  adder.send(::echo::Pair{2147483647, 2147483647});
  EXPECT_EQ(adder.receive<::echo::Sum>(30s).value, 4294967294);
}

TEST_P(Messages, VectorAdder) {
  auto adder = launch(::echo::add_vectors);
  ::echo::Vectors in{};
  for (int i = 0; i < 20; ++i) {
    in.a[i] = static_cast<float>(i);
    in.b[i] = 0.5f;
  }
  adder.send(in);
  const auto out = adder.receive<::echo::Vector>(30s);
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(out.sum[i], static_cast<float>(i) + 0.5f);
}

TEST_P(Messages, StateSurvivesAPause) {
  auto counter = launch(counter::Counter, {}, 100u, kWeights);
  for (std::uint32_t i = 0; i < 10; ++i)
    counter.send(counter::Add{1});
  EXPECT_EQ(counter.call<counter::Count>(counter::Ask{}).get(30s).value, 120u);
  counter.suspend();
  EXPECT_EQ(counter.state(), ActorState::suspended);
  counter.resume();
  const auto count = counter.call<counter::Count>(counter::Ask{}).get(30s);
  EXPECT_EQ(count.value, 120u);
  EXPECT_EQ(count.starts, 1u);
}

TEST_P(Messages, RestartMakesANewState) {
  auto counter = launch(counter::Counter, {}, 5u, kWeights);
  counter.send(counter::Add{50});
  EXPECT_EQ(counter.call<counter::Count>(counter::Ask{}).get(30s).value, 105u);
  counter.restart();
  EXPECT_EQ(counter.call<counter::Count>(counter::Ask{}).get(30s).value, 5u);
}

TEST_P(Messages, LedgerAnswersEachCallItsOwn) {
  using namespace ledger;
  auto ledger = launch(::ledger::Ledger);
  auto first = ledger.call<Balance>(Deposit{7, 10.0f});
  auto second = ledger.call<Balance, Refused>(Withdraw{8, 1.0f});
  auto third = ledger.call<Balance>(Deposit{7, 5.0f});
  EXPECT_EQ(third.get(30s).amount, 15.0f);
  EXPECT_TRUE(std::holds_alternative<Refused>(second.get(30s)));
  EXPECT_EQ(first.get(30s).amount, 10.0f);
}

TEST_P(Messages, TwoThreadsCallAtOnce) {
  using namespace ledger;
  auto ledger = launch(::ledger::Ledger);
  const auto deposit = [&](std::uint32_t account) {
    for (int i = 1; i <= 50; ++i) {
      const Balance balance = ledger.call<Balance>(Deposit{account, 1.0f}).get(60s);
      ASSERT_EQ(balance.account, account);
      ASSERT_EQ(balance.amount, static_cast<float>(i));
    }
  };
  std::thread other(deposit, 1u);
  deposit(2u);
  other.join();
}

TEST_P(Messages, ReceiveAnyGivesAVariant) {
  using namespace ledger;
  auto ledger = launch(::ledger::Ledger);
  ledger.send(Withdraw{3, 1.0f});
  ledger.send(Deposit{3, 1.0f});
  EXPECT_EQ(std::get<Refused>(ledger.receive_any(30s)).account, 3u);
  EXPECT_EQ(std::get<Balance>(ledger.receive_any(30s)).amount, 1.0f);
}

TEST_P(Messages, ManyWithOnePublication) {
  auto counter = launch(counter::Counter, {.mailbox = 64}, 0u, kWeights);
  const std::vector<counter::Add> adds(64, counter::Add{1});
  counter.send(adds);
  EXPECT_EQ(counter.call<counter::Count>(counter::Ask{}).get(30s).value, 128u);
  EXPECT_EQ(counter.metrics().enqueued, 65u);
}

TEST_P(Messages, MonitorRaisesAlerts) {
  auto monitor = launch(monitor::Monitor, {}, std::uint64_t{5'000'000'000});
  monitor::Transaction t{};
  t.id = 0x1234567890ABCDEF;
  t.money.cents = 5'000'000'001;
  std::memcpy(t.money.currency, "XBT", 3);
  t.country = 41;
  monitor.send(t);
  const auto alert = monitor.receive<monitor::Alert>(30s);
  EXPECT_EQ(alert.id, t.id);
  EXPECT_EQ(alert.cents, t.money.cents);
  EXPECT_EQ(alert.country, 41u);
  EXPECT_EQ(alert.after_stamp, 1u);
}

TEST_P(Messages, PageRankOverBuffers) {
  // 0 → 1 → 2 → 0 and 0 → 2, transposed
  auto row = runtime().upload<std::uint32_t>({0u, 1u, 2u, 4u});
  auto column = runtime().upload<std::uint32_t>({2u, 0u, 0u, 1u});
  auto out_degree = runtime().upload<std::uint32_t>({2u, 1u, 1u});
  const float third = 1.0f / 3.0f;
  auto rank = runtime().upload<float>({third, third, third});
  auto next = runtime().alloc<float>(3);
  auto actor = launch(pagerank::PageRank, {}, row, column, out_degree, rank, next, 0.85f);
  const auto residual = actor.call<pagerank::Residual>(pagerank::Step{40}).get(30s);
  EXPECT_EQ(residual.steps, 40u);
  EXPECT_LT(residual.change, 1e-5f);
  actor.terminate();
  const std::vector<float> ranks = rank.download();
  // The fixed point: r0 = .05 + .85 r2, r1 = .05 + .425 r0, r2 = .05 + .425 r0 + .85 r1.
  EXPECT_NEAR(ranks[0], 0.387790, 1e-4);
  EXPECT_NEAR(ranks[1], 0.214811, 1e-4);
  EXPECT_NEAR(ranks[2], 0.397400, 1e-4);
}

TEST_P(Messages, StampsAndTelemetryAreFilled) {
  auto counter = launch(counter::Counter, {}, 0u, kWeights);
  for (int i = 0; i < 5; ++i)
    counter.call<counter::Count>(counter::Ask{}).get(30s);
  const ActorMetrics metrics = settled(counter);
  EXPECT_EQ(metrics.telemetry.processed, 5u);
  EXPECT_EQ(metrics.enqueued, 5u);
  EXPECT_EQ(metrics.dequeued, 5u);
  EXPECT_EQ(metrics.sent, 5u);
  EXPECT_GE(metrics.telemetry.max_latency_us, metrics.telemetry.min_latency_us);
  EXPECT_GE(metrics.telemetry.total_latency_us, metrics.telemetry.max_latency_us);
  const abi::ControlBlock block = counter.status();
  EXPECT_EQ(block.is_active, 1u);
  EXPECT_EQ(block.messages_processed, 5u);
  EXPECT_EQ(block.messages_in_flight, 0u);
  EXPECT_GT(block.clock_physical, 1'700'000'000'000'000u);
}

} // namespace
} // namespace ring::actors
