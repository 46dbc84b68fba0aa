// Messages with priorities, as a host sees them. Where the order of all is expected, the actor is
// held up until they are there: by suspend(), while others send, or by nobody taking its answers.
#include "fixture.h"

#include "crowd.ring.h"
#include "priorities.ring.h"

#include <algorithm>
#include <cstring>
#include <thread>

namespace ring::actors {
namespace {

ACTOR_SUITE(Priorities);

using priorities::Done;
using priorities::Job;
using Numbers = std::vector<std::uint32_t>;

/// In the order of their numbers, by which the jobs here have their priorities.
constexpr Priority kAll[] = {Priority::low, Priority::normal, Priority::high, Priority::critical};

template <class Handle> Numbers numbers_of(Handle& actor, std::size_t count) {
  Numbers numbers;
  while (numbers.size() < count)
    numbers.push_back(actor.template receive<Done>(60s).number);
  return numbers;
}

std::uint32_t number_in(const DeadLetter& letter) {
  Job job{};
  EXPECT_EQ(letter.payload.size(), sizeof job);
  std::memcpy(&job, letter.payload.data(), std::min(letter.payload.size(), sizeof job));
  return job.number;
}

void wait_for(const RawActorHandle& actor, std::uint64_t ActorMetrics::* counter,
              std::uint64_t value) {
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (actor.metrics().*counter < value && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(1ms);
  ASSERT_EQ(actor.metrics().*counter, value);
}

/// Two jobs, 100 and 101, whose answers nobody takes: from then on the desk takes no more.
template <class Handle> void hold_up(Handle& desk) {
  for (const std::uint32_t i : {0u, 1u}) {
    desk.send(Job{100 + i});
    wait_for(desk, &ActorMetrics::dequeued, i + 1);
  }
}
LaunchOptions held_up(LaunchOptions options = {}) {
  options.replies = options.outbox = 1;
  options.routes = {{"out", "host"}};
  return options;
}

TEST_P(Priorities, HigherOnesComeFirst) {
  auto desk = launch(priorities::Desk, held_up());
  hold_up(desk);
  for (std::uint32_t i = 0; i < 12; ++i)
    desk.send(Job{i}, {.priority = kAll[i % 4]});
  EXPECT_EQ(desk.metrics().depth, 12u);
  EXPECT_EQ(desk.status().input_capacity, 32u);
  EXPECT_EQ(numbers_of(desk, 14), (Numbers{100, 101, 3, 7, 11, 2, 6, 10, 1, 5, 9, 0, 4, 8}));
  const ActorMetrics metrics = settled(desk);
  EXPECT_EQ(metrics.enqueued, 14u);
  EXPECT_EQ(metrics.dequeued, 14u);
  EXPECT_EQ(metrics.max_depth, 12u);
}

TEST_P(Priorities, OfOtherActors) {
  auto desk = launch(priorities::Desk, {.routes = {{"out", "host"}}});
  auto clerk = launch(priorities::Clerk, {.routes = {{"next", "desk"}}});
  desk.suspend();
  clerk.send(priorities::Post{15});
  wait_for(desk, &ActorMetrics::enqueued, 15);
  desk.resume();
  // What is above the highest priority is as high, and comes in its place.
  EXPECT_EQ(numbers_of(desk, 15), (Numbers{3, 4, 8, 9, 13, 14, 2, 7, 12, 1, 6, 11, 0, 5, 10}));
}

TEST_P(Priorities, AFullOneLeavesTheOthersTheirRoom) {
  auto desk = launch(priorities::Desk, held_up({.mailbox = 2, .overflow = Overflow::reject}));
  hold_up(desk);
  for (const std::uint32_t number : {0u, 4u})
    desk.send(Job{number}, {.priority = Priority::low});
  std::string text;
  EXPECT_EQ(code_of([&] { desk.send(Job{8}, {.priority = Priority::low}); }, &text),
            ErrorCode::mailbox_full);
  EXPECT_NE(text.find("mailbox of 2 for the priority 'low' is full"), std::string::npos) << text;
  EXPECT_FALSE(desk.try_send(Job{8}, {.priority = Priority::low}));
  for (const std::uint32_t number : {1u, 2u, 3u})
    EXPECT_TRUE(desk.try_send(Job{number}, {.priority = kAll[number]}));
  EXPECT_EQ(desk.metrics().rejected, 2u);
  EXPECT_EQ(numbers_of(desk, 7), (Numbers{100, 101, 3, 2, 1, 0, 4}));
}

TEST_P(Priorities, WhatDoesNotFitIsADeadLetterOfItsPriority) {
  auto desk = launch(priorities::Desk, {.mailbox = 2, .overflow = Overflow::reject});
  auto clerk = launch(priorities::Clerk, {.replies = 8, .routes = {{"next", "desk"}}});
  desk.suspend();
  clerk.send(priorities::Post{15});
  wait_for(clerk, &ActorMetrics::dead_letters, 7);
  const std::vector<DeadLetter> letters = clerk.dead_letters();
  ASSERT_EQ(letters.size(), 7u);
  for (std::uint32_t i = 0; i < 7; ++i) {
    EXPECT_EQ(number_in(letters[i]), 8 + i);
    EXPECT_EQ(letters[i].header.priority, std::min((8 + i) % 5, 3u));
    EXPECT_EQ(letters[i].reason, Reason::full);
  }
  EXPECT_EQ(desk.metrics().depth, 8u);
  // The host's own letters say it as well.
  auto other = launch(priorities::Desk,
                      held_up({.name = "other", .mailbox = 1, .overflow = Overflow::dead_letter}));
  hold_up(other);
  for (const std::uint32_t number : {2u, 6u})
    other.send(Job{number}, {.priority = Priority::high});
  const std::vector<DeadLetter> own = other.dead_letters();
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(number_in(own[0]), 6u);
  EXPECT_EQ(own[0].header.priority, 2u);
}

TEST_P(Priorities, WhoHasNoneTakesAllAsTheyCome) {
  auto counter = launch(priorities::Counter, {.routes = {{"out", "host"}}});
  std::string text;
  for (const Priority priority : {Priority::low, Priority::high, Priority::critical})
    EXPECT_EQ(code_of([&] { counter.send(Job{0}, {.priority = priority}); }, &text),
              ErrorCode::invalid_argument);
  EXPECT_NE(text.find("'counter'"), std::string::npos) << text;
  EXPECT_NE(text.find(".priorities = true"), std::string::npos) << text;
  auto clerk = launch(priorities::Clerk, {.routes = {{"next", "counter"}}});
  counter.suspend();
  clerk.send(priorities::Post{5});
  wait_for(counter, &ActorMetrics::enqueued, 5);
  counter.resume();
  for (std::uint32_t i = 0; i < 5; ++i) {
    const Done done = counter.receive<Done>(60s);
    EXPECT_EQ(done.number, i);
    EXPECT_EQ(done.priority, std::min(i, 3u)); // it is told all the same
  }
}

TEST_P(Priorities, ThereAreFour) {
  auto desk = launch(priorities::Desk, {.routes = {{"out", "host"}}});
  std::string text;
  EXPECT_EQ(code_of([&] { desk.send(Job{0}, {.priority = static_cast<Priority>(4)}); }, &text),
            ErrorCode::invalid_argument);
  EXPECT_NE(text.find("no priority 4"), std::string::npos) << text;
  EXPECT_EQ(desk.metrics().enqueued, 0u);
}

TEST_P(Priorities, AreKeptWhereAMessageIsPassedOn) {
  auto desk = launch(priorities::Desk, {.routes = {{"out", "host"}}});
  auto courier = launch(priorities::Courier, {.routes = {{"next", "desk"}}});
  auto clerk = launch(priorities::Clerk, {.routes = {{"next", "courier"}}});
  desk.suspend();
  clerk.send(priorities::Post{15});
  wait_for(desk, &ActorMetrics::enqueued, 15);
  desk.resume();
  EXPECT_EQ(numbers_of(desk, 15), (Numbers{3, 4, 8, 9, 13, 14, 2, 7, 12, 1, 6, 11, 0, 5, 10}));
}

TEST_P(Priorities, ARestartLeavesAllWhereTheyAre) {
  auto desk = launch(priorities::Desk, {.routes = {{"out", "host"}}});
  auto clerk = launch(priorities::Clerk, {.routes = {{"next", "desk"}}});
  desk.suspend();
  clerk.send(priorities::Post{10});
  wait_for(desk, &ActorMetrics::enqueued, 10);
  desk.restart();
  EXPECT_EQ(numbers_of(desk, 10), (Numbers{3, 4, 8, 9, 2, 7, 1, 6, 0, 5}));
}

TEST_P(Priorities, WhatIsLeftAtTheEndIsNotLost) {
  for (const Terminate how : {Terminate::drain, Terminate::dead_letter}) {
    auto desk = launch(priorities::Desk,
                       held_up({.name = "ending", .mailbox = 2, .overflow = Overflow::reject}));
    hold_up(desk);
    std::uint32_t sent = 2;
    for (std::uint32_t i = 0; i < 16; ++i) // two of each fit
      if (desk.try_send(Job{i}, {.priority = kAll[i % 4]})) ++sent;
    EXPECT_EQ(sent, 10u);
    desk.terminate(how);
    const ActorMetrics metrics = desk.metrics();
    EXPECT_EQ(metrics.depth, 0u);
    EXPECT_EQ(metrics.rejected, 8u);
    EXPECT_EQ(metrics.telemetry.processed + metrics.dead_letters, sent);
    const Numbers left = {3, 7, 2, 6, 1, 5, 0, 4};
    if (how == Terminate::drain) {
      EXPECT_EQ(metrics.dead_letters, 0u);
      EXPECT_EQ(numbers_of(desk, 2), (Numbers{100, 101}));
      EXPECT_EQ(numbers_of(desk, 8), left);
    } else {
      Numbers dead;
      for (const DeadLetter& letter : desk.dead_letters()) {
        EXPECT_EQ(letter.reason, Reason::terminated);
        EXPECT_EQ(letter.header.priority, number_in(letter) % 4);
        dead.push_back(number_in(letter));
      }
      EXPECT_EQ(dead, left);
    }
  }
}

TEST_P(Priorities, EachSendersOrderIsKeptWithinOne) {
  constexpr std::uint32_t kCount = 400;
  auto desk = launch(priorities::Desk, {.mailbox = 4, .routes = {{"out", "host"}}});
  const auto send = [&](std::uint32_t sender) {
    for (std::uint32_t i = 0; i < kCount; ++i)
      desk.send(Job{sender << 16 | i}, {.priority = kAll[i % 4]});
  };
  std::thread one(send, 1), two(send, 2);
  std::uint32_t next[3][4] = {{}, {0, 1, 2, 3}, {0, 1, 2, 3}};
  for (std::uint32_t i = 0; i < 2 * kCount; ++i) {
    const Done done = desk.receive<Done>(60s);
    std::uint32_t& wanted = next[done.number >> 16][done.priority];
    EXPECT_EQ(done.number & 0xFFFF, wanted);
    wanted += 4;
  }
  one.join();
  two.join();
  EXPECT_EQ(settled(desk).telemetry.processed, 2 * kCount);
}

TEST_P(Priorities, OfAParallelActor) {
  using namespace crowd;
  auto [first, second] = runtime().launch_group(
      Launch{Triage, options({.name = "first", .routes = {{"next", "second"}}})},
      Launch{Triage, options({.name = "second", .routes = {{"out", "host"}}})});
  second.suspend();
  for (std::uint32_t i = 0; i < 200; ++i) // 50 of each: more than lanes
    first.send(Sample{1000 + i});
  wait_for(second, &ActorMetrics::enqueued, 200);
  second.resume();
  for (const std::uint32_t priority : {3u, 2u, 1u, 0u}) {
    for (std::uint32_t i = priority; i < 200; i += 4) {
      const Bin bin = second.receive<Bin>(60s);
      EXPECT_EQ(bin.bin, priority);
      EXPECT_EQ(bin.value, i);
    }
  }
}

} // namespace
} // namespace ring::actors
