// Actors on the CPU backend, under both schedules: launches, messages, life, errors.
#include "expect_error.h"
#include "toy_actors.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace ring::test {
namespace {

using namespace std::chrono_literals;
using namespace toys;

Runtime cpu() { return Runtime::create({.backend = Backend::cpu, .cpu_threads = 2}); }

class Actors : public testing::TestWithParam<Schedule> {
protected:
  LaunchOptions options(std::string name = {}) const {
    LaunchOptions options;
    options.name = std::move(name);
    options.schedule = GetParam();
    return options;
  }
  Runtime rt = cpu();
};

INSTANTIATE_TEST_SUITE_P(Schedules, Actors,
                         testing::Values(Schedule::persistent, Schedule::bounded),
                         [](const auto& each) { return std::string(name_of(each.param)); });

TEST_P(Actors, Answers) {
  auto actor = rt.launch(echo, options());
  EXPECT_EQ(actor.name(), "echo");
  EXPECT_EQ(actor.schedule(), GetParam());
  EXPECT_EQ(actor.state(), ActorState::active);
  for (std::uint32_t i = 0; i < 100; ++i) {
    actor.send(Ping{i});
    EXPECT_EQ(actor.receive<Pong>(5s).value, i);
  }
  actor.send(Odd{{1, 2, 3, 4, 5, 6, 255}});
  const Odd odd = actor.receive<Odd>(5s);
  EXPECT_EQ(std::vector(odd.bytes, odd.bytes + 7),
            (std::vector<std::uint8_t>{2, 3, 4, 5, 6, 7, 0}));
}

TEST_P(Actors, KeepsItsStateThroughSuspension) {
  auto actor = rt.launch(counter, options(), 100u);
  for (int i = 0; i < 10; ++i)
    actor.send(Add{1});
  actor.suspend();
  EXPECT_EQ(actor.state(), ActorState::suspended);
  expect_error(ErrorCode::not_active, {"'counter'", "suspended"}, [&] { actor.send(Add{1}); });
  actor.resume();
  EXPECT_EQ(actor.call<Count>(Ask{}).get(5s).value, 110u);
}

} // namespace
} // namespace ring::test
