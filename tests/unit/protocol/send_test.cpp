// How messages leave an actor: directly, through the outbox, or as dead letters.
#include "test_arena.h"

namespace ring::protocol::test {
namespace {

using Received = TestArena::Received;
constexpr std::uint32_t kType = 100;

/// The actor sends one message.
void send_to(std::uint32_t self, std::uint32_t destination, std::uint32_t value,
             std::uint32_t flags = 0, std::uint32_t bytes = 4) {
  const std::uint32_t slot = open(self, {self, destination, kType, bytes, 0, flags});
  if (slot == 0) return;
  words[slot + abi::kPayload] = value;
  publish(self, slot);
}

std::vector<std::uint32_t> values_in(std::uint32_t actor) {
  std::vector<std::uint32_t> values;
  for (std::uint32_t position = words[actor + abi::kHead];; ++position) {
    const std::uint32_t slot = peek(mailbox_of(actor, 0), position);
    if (slot == 0) return values;
    values.push_back(words[slot + abi::kPayload]);
  }
}

TEST(Send, FillsTheEnvelope) {
  TestArena arena;
  send_to(arena.a, arena.b, 7);
  const std::uint32_t slot = peek(mailbox_of(arena.b, 0), 0);
  ASSERT_NE(slot, 0u);
  EXPECT_EQ(words[slot + abi::kMessageType], kType);
  EXPECT_EQ(words[slot + abi::kBytes], 4u);
  EXPECT_EQ(words[slot + abi::kFlags], 0u);
  EXPECT_EQ(words[slot + abi::kSource], arena.a);
  EXPECT_EQ(words[slot + abi::kDestination], arena.b);
  EXPECT_EQ(wide(words[slot + abi::kPhysicalLow], words[slot + abi::kPhysicalHigh]),
            TestArena::kWall);
  EXPECT_EQ(words[slot + abi::kNode], arena.a);
  EXPECT_EQ(words[slot + abi::kMessageId], 1u);
  EXPECT_EQ(words[arena.a + abi::kSent], 1u);
  EXPECT_TRUE(arena.is_ready(arena.b)); // rule 5: published, then notified
}

TEST(Send, StagesWhatDoesNotFitAndKeepsItsOrder) { // rule 3
  TestArena arena({.mailbox = 2});
  for (std::uint32_t i = 0; i < 5; ++i)
    send_to(arena.a, arena.b, i);
  EXPECT_EQ(values_in(arena.b), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(staged(arena.a), 3u);
  for (std::uint32_t i = 0; i < 5; ++i) {
    flush(arena.a);
    EXPECT_EQ(values_in(arena.b).front(), i);
    done_with_message(arena.b);
    // What is sent now comes after what is staged, though there is room.
    if (i < 2) send_to(arena.a, arena.b, 5 + i);
  }
  flush(arena.a);
  EXPECT_EQ(values_in(arena.b), (std::vector<std::uint32_t>{5, 6}));
  EXPECT_EQ(staged(arena.a), 0u);
}

TEST(Send, SaysForWhomItWaits) { // rule 8
  TestArena arena({.mailbox = 1, .replies = 1});
  send_to(arena.a, arena.b, 0);
  send_to(arena.a, arena.b, 1);
  flush(arena.a);
  EXPECT_EQ(words[arena.a + abi::kWaitsFor], arena.b);
  EXPECT_EQ(words[arena.a + abi::kWaitsSeen], 1u);     // holds the message of position 0
  EXPECT_EQ(words[arena.a + abi::kWaitsExpected], 2u); // should be free for position 1
  done_with_message(arena.b);
  flush(arena.a);
  EXPECT_EQ(words[arena.a + abi::kWaitsFor], 0u);
  send_to(arena.a, abi::kHost, 0);
  send_to(arena.a, abi::kHost, 1);
  flush(arena.a);
  EXPECT_EQ(words[arena.a + abi::kWaitsFor], arena.a); // for the host to receive
}

TEST(Send, CountsWhatNotEvenTheOutboxHolds) {
  TestArena arena({.mailbox = 1, .outbox = 2});
  for (std::uint32_t i = 0; i < 5; ++i)
    send_to(arena.a, arena.b, i);
  EXPECT_EQ(words[arena.a + abi::kDropped], 2u);
  EXPECT_EQ(words[arena.a + abi::kErrorCount], 2u);
  EXPECT_EQ(words[arena.a + abi::kLastError],
            static_cast<std::uint32_t>(abi::ActorError::outbox_full));
}

struct Obstacle {
  const char* name;
  abi::Reason reason;
  void (*send)(TestArena& arena);
};
const Obstacle kObstacles[] = {
    {"nobody", abi::Reason::no_route, [](TestArena& arena) { send_to(arena.a, abi::kNobody, 7); }},
    {"hops", abi::Reason::hops_exceeded,
     [](TestArena& arena) { send_to(arena.a, arena.b, 7, (abi::kMaxHops + 1) << abi::kHopShift); }},
    {"terminated", abi::Reason::closed,
     [](TestArena& arena) {
       set_phase(arena.b, abi::Phase::terminated);
       send_to(arena.a, arena.b, 7);
     }},
    {"too large", abi::Reason::too_large,
     [](TestArena& arena) {
       words[arena.b + abi::kMailboxWords] = abi::kPayload + 1;
       send_to(arena.a, arena.b, 7, 0, 5);
     }},
    {"full", abi::Reason::full,
     [](TestArena& arena) {
       words[arena.b + abi::kOverflow] = static_cast<std::uint32_t>(abi::Overflow::dead_letter);
       while (arena.send(arena.b, kType, 0)) {}
       send_to(arena.a, arena.b, 7);
     }},
    {"full, when it was staged", abi::Reason::full,
     [](TestArena& arena) {
       while (arena.send(arena.b, kType, 0)) {}
       send_to(arena.a, arena.b, 7);
       EXPECT_EQ(staged(arena.a), 1u);
       words[arena.b + abi::kOverflow] = static_cast<std::uint32_t>(abi::Overflow::reject);
       flush(arena.a);
     }},
    {"terminated, when it was staged", abi::Reason::closed,
     [](TestArena& arena) {
       while (arena.send(arena.b, kType, 0)) {}
       send_to(arena.a, arena.b, 7);
       set_phase(arena.b, abi::Phase::terminated);
       flush(arena.a);
     }},
};

TEST(Send, MakesADeadLetterOfWhatCannotArrive) { // rule 10
  for (const Obstacle& obstacle : kObstacles) {
    SCOPED_TRACE(obstacle.name);
    TestArena arena;
    obstacle.send(arena);
    EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{kType, 7, obstacle.reason, 0}}));
    EXPECT_EQ(words[arena.a + abi::kDead], 1u);
  }
}

/// What an Undelivered says, and whose mailbox it lies in front of.
void expect_told(std::uint32_t actor, std::uint32_t type, abi::Reason reason,
                 std::uint32_t destination) {
  const std::uint32_t slot = peek(mailbox_of(actor, 0), words[actor + abi::kHead]);
  ASSERT_NE(slot, 0u);
  EXPECT_EQ(words[slot + abi::kMessageType], abi::kUndelivered);
  const auto told = ring::detail::load_message<Undelivered>(slot + abi::kPayload);
  EXPECT_EQ(told.type, type);
  EXPECT_EQ(told.reason, reason);
  EXPECT_EQ(told.destination, destination);
}

TEST(Send, TellsASenderThatWantsToKnow) { // rule 10
  for (const Obstacle& obstacle : kObstacles) {
    SCOPED_TRACE(obstacle.name);
    TestArena arena;
    words[arena.a + abi::kTraits] = abi::kHearsUndelivered;
    obstacle.send(arena);
    flush(arena.a);
    const bool is_nobody = obstacle.reason == abi::Reason::no_route;
    expect_told(arena.a, kType, obstacle.reason, is_nobody ? abi::kNobody : arena.b);
    EXPECT_TRUE(arena.is_ready(arena.a));
    EXPECT_TRUE(arena.receive(arena.a).empty());
    EXPECT_EQ(words[arena.a + abi::kDead], 0u);
    EXPECT_EQ(staged(arena.a), 0u);
  }
}

TEST(Send, WhatTellsASenderIsNeverToldOfItself) {
  TestArena arena;
  words[arena.a + abi::kTraits] = words[arena.b + abi::kTraits] = abi::kHearsUndelivered;
  const std::uint32_t slot = open(
      arena.a, {arena.a, abi::kNobody, abi::kUndelivered, sizeof(Undelivered), 0, abi::kQuiet});
  ASSERT_NE(slot, 0u);
  ring::detail::store_message(slot + abi::kPayload, Undelivered{kType, abi::Reason::full, 0, 0});
  publish(arena.a, slot);
  EXPECT_EQ(values_in(arena.a), std::vector<std::uint32_t>{});
  EXPECT_EQ(arena.receive(arena.a),
            (std::vector<Received>{{abi::kUndelivered, kType, abi::Reason::no_route, 0}}));
}

TEST(Send, WhoCannotBeToldLeavesADeadLetter) {
  TestArena arena;
  words[arena.b + abi::kTraits] = abi::kHearsUndelivered;
  set_phase(arena.b, abi::Phase::terminated);
  arena.send(arena.a, kType, 7, [&](std::uint32_t slot) { words[slot + abi::kSource] = arena.b; });
  bury(arena.a, peek(mailbox_of(arena.a, 0), 0), abi::Reason::expired);
  flush(arena.a);
  EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{kType, 7, abi::Reason::expired, 0}}));
}

TEST(Send, NobodyWaitsForRoomThatOnlyItselfCouldMake) {
  TestArena arena({.mailbox = 2, .replies = 8, .outbox = 8});
  words[arena.a + abi::kTraits] = abi::kHearsUndelivered;
  for (std::uint32_t i = 0; i < 8; ++i)
    send_to(arena.a, abi::kNobody, i);
  EXPECT_EQ(staged(arena.a), 8u); // more than half: it takes no message until there is room
  flush(arena.a);                 // two of them have room
  EXPECT_EQ(staged(arena.a), 4u);
  expect_told(arena.a, kType, abi::Reason::no_route, abi::kNobody);
  const auto letters = arena.receive(arena.a);
  ASSERT_EQ(letters.size(), 2u);
  EXPECT_EQ(letters[0].type, abi::kUndelivered);
  EXPECT_EQ(letters[0].reason, abi::Reason::full);
  EXPECT_EQ(words[arena.a + abi::kWaitsFor], arena.a);
}

TEST(Send, TheLastHopArrives) {
  TestArena arena;
  send_to(arena.a, arena.b, 7, abi::kMaxHops << abi::kHopShift);
  EXPECT_EQ(values_in(arena.b), (std::vector<std::uint32_t>{7}));
}

TEST(Send, ACopyKeepsItsOrigin) {
  TestArena arena;
  arena.send(arena.a, kType, 9, [](std::uint32_t slot) {
    words[slot + abi::kSource] = 12345;
    words[slot + abi::kCorrelation] = 77;
    words[slot + abi::kDeadlineLow] = 5;
    words[slot + abi::kDeadlineHigh] = 6;
  });
  send_copy(arena.a, peek(mailbox_of(arena.a, 0), 0), arena.b, 1U << abi::kHopShift);
  const std::uint32_t copy = peek(mailbox_of(arena.b, 0), 0);
  ASSERT_NE(copy, 0u);
  EXPECT_EQ(words[copy + abi::kSource], 12345u);
  EXPECT_EQ(words[copy + abi::kCorrelation], 77u);
  EXPECT_EQ(words[copy + abi::kDeadlineLow], 5u);
  EXPECT_EQ(words[copy + abi::kDeadlineHigh], 6u);
  EXPECT_EQ(words[copy + abi::kPayload], 9u);
}

} // namespace
} // namespace ring::protocol::test
