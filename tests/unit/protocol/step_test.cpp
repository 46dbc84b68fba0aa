// Slices: events, life cycle, refusals, the supervisor and the ready bits.
#include "test_arena.h"

#include <map>
#include <random>

namespace ring::protocol::test {
namespace {

using abi::Command;
using abi::Phase;
using abi::Reason;
using Received = TestArena::Received;

constexpr std::uint32_t kPing = 100, kPong = 101, kBurst = 102, kStop = 103;

struct Pong {
  std::uint32_t value;
};

void reply(Context& context, std::uint32_t type, std::uint32_t value) {
  const std::uint32_t destination =
      context.slot_ != 0 ? words[context.slot_ + abi::kSource] : std::uint32_t{abi::kHost};
  const std::uint32_t correlation =
      context.slot_ != 0 ? words[context.slot_ + abi::kCorrelation] : 0;
  const std::uint32_t slot =
      open(context.self_, {context.self_, destination, type, 4, correlation, 0});
  if (slot == 0) return;
  words[slot + abi::kPayload] = value;
  publish(context.self_, slot);
}

/// kPing → kPong; kBurst → so many kPongs; kStop ends it. Says kStart and kEnd too.
bool handle(Context& context, std::uint32_t event, std::uint32_t message) {
  switch (event) {
  case abi::kStart:
  case abi::kEnd:
    reply(context, event, 0);
    return true;
  case abi::kIdle:
    return true;
  case kPing:
    reply(context, kPong, words[message]);
    return true;
  case kBurst:
    for (std::uint32_t i = 0; i < words[message]; ++i)
      reply(context, kPong, i);
    return true;
  case kStop:
    context.stop();
    return true;
  default:
    return false;
  }
}

/// Runs slices until nothing is ready.
void settle(TestArena& arena, std::uint32_t self, std::uint32_t budget = 10) {
  const std::uint32_t bit = 1U << words[self + abi::kSlot];
  while ((take_ready(arena.crew, 0) & bit) != 0)
    arena.slice(self, budget, handle);
}

TEST(Step, AnswersWithTheCorrelationOfTheRequest) {
  TestArena arena;
  arena.send(arena.a, kPing, 5, [](std::uint32_t slot) { words[slot + abi::kCorrelation] = 42; });
  settle(arena, arena.a);
  EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{kPong, 5, Reason::none, 42}}));
  EXPECT_EQ(words[arena.a + abi::kProcessed], 1u);
  EXPECT_EQ(words[arena.a + abi::kHead], 1u);
}

TEST(Step, SlicesEndAndAskToBeRunAgain) {
  TestArena arena;
  for (std::uint32_t i = 0; i < 3; ++i)
    arena.send(arena.a, kPing, i);
  take_ready(arena.crew, 0);
  EXPECT_EQ(arena.slice(arena.a, 2, handle), 2u);
  EXPECT_TRUE(arena.is_ready(arena.a));
  settle(arena, arena.a);
  EXPECT_EQ(arena.receive(arena.a).size(), 3u);
  EXPECT_FALSE(arena.is_ready(arena.a));
}

TEST(Step, ReadyBitsAreTakenOnceAndSetAfterTheWork) { // rule 5
  TestArena arena;
  EXPECT_EQ(take_ready(arena.crew, 0), 0u);
  arena.send(arena.a, kPing, 0);
  arena.send(arena.b, kPing, 0);
  EXPECT_EQ(take_ready(arena.crew, 0), 0b110u);
  EXPECT_EQ(take_ready(arena.crew, 0), 0u);
  EXPECT_EQ(groups_of(arena.crew), 1u);
  EXPECT_EQ(actor_at(arena.crew, 1), arena.a);
  EXPECT_EQ(actor_at(arena.crew, 9), 0u);
}

TEST(Step, IsIdleOnceAfterWork) {
  TestArena arena;
  int idles = 0;
  const TestArena::Handler counts = [&](Context& context, std::uint32_t event,
                                        std::uint32_t message) {
    idles += event == abi::kIdle;
    return handle(context, event, message);
  };
  EXPECT_EQ(arena.slice(arena.a, 10, counts), 0u);
  arena.send(arena.a, kPing, 0);
  EXPECT_EQ(arena.slice(arena.a, 10, counts), 2u);
  EXPECT_EQ(arena.slice(arena.a, 10, counts), 0u);
  EXPECT_EQ(idles, 1);
}

TEST(Step, AMessageThatIsTakenHasRoomForItsAnswer) { // rule 6
  TestArena arena({.mailbox = 16, .replies = 2, .outbox = 8});
  for (std::uint32_t i = 0; i < 16; ++i)
    arena.send(arena.a, kPing, i);
  settle(arena, arena.b); // clears the bits
  for (int i = 0; i < 5; ++i)
    arena.slice(arena.a, 100, handle);
  // Two in the ring, five in the outbox; the others stay in the mailbox.
  EXPECT_EQ(staged(arena.a), 5u);
  EXPECT_EQ(words[arena.a + abi::kProcessed], 7u);
  EXPECT_EQ(words[arena.a + abi::kWaitsFor], arena.a);
  std::vector<Received> all;
  for (int i = 0; i < 20; ++i) {
    for (const Received& each : arena.receive(arena.a, 1))
      all.push_back(each);
    arena.slice(arena.a, 100, handle);
  }
  ASSERT_EQ(all.size(), 16u);
  for (std::uint32_t i = 0; i < 16; ++i)
    EXPECT_EQ(all[i], (Received{kPong, i, Reason::none, 0}));
  EXPECT_EQ(words[arena.a + abi::kDropped], 0u);
}

TEST(Step, RefusesWithAReason) { // rule 10
  struct Flaw {
    Reason reason;
    std::uint32_t type;
    void (*change)(std::uint32_t slot);
  };
  const Flaw flaws[] = {
      {Reason::unknown_type, 999, [](std::uint32_t) {}},
      {Reason::expired, kPing, [](std::uint32_t slot) { words[slot + abi::kDeadlineLow] = 1; }},
      {Reason::bad_checksum, kPing,
       [](std::uint32_t slot) {
         words[slot + abi::kFlags] = abi::kChecked;
         words[slot + abi::kChecksum] = checksum(slot + abi::kPayload, 1) ^ 1;
       }},
  };
  for (const Flaw& flaw : flaws) {
    TestArena arena;
    arena.send(arena.a, kPing, 1);
    arena.send(arena.a, flaw.type, 2, [&](std::uint32_t slot) {
      words[slot + abi::kCorrelation] = 42;
      flaw.change(slot);
    });
    arena.send(arena.a, kPing, 3);
    settle(arena, arena.a, 1);
    EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{kPong, 1, Reason::none, 0},
                                                             {flaw.type, 2, flaw.reason, 42},
                                                             {kPong, 3, Reason::none, 0}}));
    EXPECT_EQ(words[arena.a + abi::kDead], 1u);
    EXPECT_EQ(words[arena.a + abi::kProcessed], 2u);
  }
}

TEST(Step, ADeadlineAndAChecksumThatHoldPass) {
  TestArena arena;
  arena.send(arena.a, kPing, 1, [](std::uint32_t slot) {
    words[slot + abi::kDeadlineLow] = static_cast<std::uint32_t>(TestArena::kWall);
    words[slot + abi::kDeadlineHigh] = static_cast<std::uint32_t>(TestArena::kWall >> 32);
    words[slot + abi::kFlags] = abi::kChecked;
    words[slot + abi::kChecksum] = checksum(slot + abi::kPayload, 1);
  });
  settle(arena, arena.a);
  EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{kPong, 1, Reason::none, 0}}));
}

TEST(Step, CountsAClockThatIsAheadAndHandlesTheMessage) {
  TestArena arena;
  arena.send(arena.a, kPing, 1,
             [](std::uint32_t slot) { words[slot + abi::kPhysicalHigh] += 1; }); // 71 minutes
  settle(arena, arena.a);
  EXPECT_EQ(arena.receive(arena.a).size(), 1u);
  EXPECT_EQ(words[arena.a + abi::kLastError],
            static_cast<std::uint32_t>(abi::ActorError::clock_skew));
  EXPECT_EQ(clock_physical(arena.a), TestArena::kWall);
}

// --- Life cycle ----------------------------------------------------------------------------------

TEST(LifeCycle, EachCommandInEachPhase) {
  const std::map<std::pair<Phase, Command>, Phase> steps = {
      {{Phase::created, Command::create}, Phase::launched},
      {{Phase::created, Command::activate}, Phase::active},
      {{Phase::launched, Command::activate}, Phase::active},
      {{Phase::launched, Command::drain}, Phase::terminated},
      {{Phase::launched, Command::terminate}, Phase::terminated},
      {{Phase::launched, Command::restart}, Phase::active},
      {{Phase::active, Command::suspend}, Phase::suspended},
      {{Phase::active, Command::drain}, Phase::terminated},
      {{Phase::active, Command::terminate}, Phase::terminated},
      {{Phase::active, Command::restart}, Phase::active},
      {{Phase::suspended, Command::activate}, Phase::active},
      {{Phase::suspended, Command::drain}, Phase::terminated},
      {{Phase::suspended, Command::terminate}, Phase::terminated},
      {{Phase::suspended, Command::restart}, Phase::active},
  };
  for (Phase phase : {Phase::created, Phase::launched, Phase::active, Phase::suspended,
                      Phase::terminating, Phase::terminated}) {
    for (Command command : {Command::create, Command::activate, Command::suspend, Command::drain,
                            Command::terminate, Command::restart}) {
      TestArena arena({}, phase);
      arena.command(arena.a, command);
      begin_slice(arena.a);
      EXPECT_EQ(words[arena.a + abi::kApplied], words[arena.a + abi::kCommand]);
      const auto found = steps.find({phase, command});
      if (found == steps.end()) {
        EXPECT_EQ(arena.phase(arena.a), phase);
        EXPECT_EQ(words[arena.a + abi::kErrorCount], 1u)
            << static_cast<int>(phase) << " " << static_cast<int>(command);
        continue;
      }
      for (int i = 0; i < 4; ++i)
        arena.slice(arena.a, 10, handle);
      EXPECT_EQ(arena.phase(arena.a), found->second)
          << static_cast<int>(phase) << " " << static_cast<int>(command);
      EXPECT_EQ(words[arena.a + abi::kErrorCount], 0u);
    }
  }
}

TEST(LifeCycle, StartsOnceAndAfterARestart) {
  TestArena arena({}, Phase::created);
  arena.command(arena.a, Command::activate);
  arena.slice(arena.a, 10, handle);
  arena.command(arena.a, Command::suspend);
  arena.slice(arena.a, 10, handle);
  arena.command(arena.a, Command::activate);
  arena.slice(arena.a, 10, handle);
  EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{abi::kStart, 0, Reason::none, 0}}));
  arena.command(arena.a, Command::restart);
  arena.slice(arena.a, 10, handle);
  EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{abi::kStart, 0, Reason::none, 0}}));
}

TEST(LifeCycle, ASuspendedActorRunsNothing) {
  TestArena arena;
  arena.send(arena.a, kPing, 1);
  arena.command(arena.a, Command::suspend);
  EXPECT_EQ(arena.slice(arena.a, 10, handle), 0u);
  EXPECT_EQ(words[arena.a + abi::kProcessed], 0u);
  arena.command(arena.a, Command::activate);
  arena.slice(arena.a, 10, handle);
  EXPECT_EQ(words[arena.a + abi::kProcessed], 1u);
}

TEST(LifeCycle, DrainHandlesAndTerminateBuriesWhatIsQueued) {
  for (Command how : {Command::drain, Command::terminate}) {
    TestArena arena;
    arena.send(arena.a, kPing, 1);
    arena.send(arena.a, kPing, 2);
    arena.command(arena.a, how);
    arena.slice(arena.a, 10, handle);
    const bool drains = how == Command::drain;
    const Reason reason = drains ? Reason::none : Reason::terminated;
    const std::uint32_t type = drains ? kPong : kPing;
    EXPECT_EQ(arena.receive(arena.a),
              (std::vector<Received>{
                  {type, 1, reason, 0}, {type, 2, reason, 0}, {abi::kEnd, 0, Reason::none, 0}}));
    EXPECT_EQ(arena.phase(arena.a), Phase::terminated);
    // And nothing runs any more.
    arena.send(arena.a, kPing, 3);
    EXPECT_EQ(arena.slice(arena.a, 10, handle), 0u);
    EXPECT_TRUE(arena.receive(arena.a).empty());
  }
}

TEST(LifeCycle, AHandlerStopsItsActor) {
  TestArena arena;
  arena.send(arena.a, kStop, 0);
  arena.send(arena.a, kPing, 2);
  settle(arena, arena.a, 1);
  EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{kPing, 2, Reason::terminated, 0},
                                                           {abi::kEnd, 0, Reason::none, 0}}));
  EXPECT_EQ(arena.phase(arena.a), Phase::terminated);
}

TEST(LifeCycle, WhatNeverStartedDoesNotEndEither) {
  TestArena arena({}, Phase::launched);
  arena.send(arena.a, kPing, 2);
  arena.command(arena.a, Command::drain);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(arena.slice(arena.a, 10, handle), 0u);
  EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{kPing, 2, Reason::terminated, 0}}));
  EXPECT_EQ(arena.phase(arena.a), Phase::terminated);
}

TEST(LifeCycle, TheLastMessagesAreDeliveredBeforeTheEnd) {
  TestArena arena({.replies = 1});
  arena.send(arena.a, kPing, 1);
  arena.command(arena.a, Command::drain);
  for (int i = 0; i < 5; ++i)
    arena.slice(arena.a, 10, handle);
  EXPECT_EQ(arena.phase(arena.a), Phase::terminating); // on_stop's message has no room yet
  EXPECT_EQ(arena.receive(arena.a).size(), 1u);
  arena.slice(arena.a, 10, handle);
  EXPECT_EQ(arena.phase(arena.a), Phase::terminated);
  EXPECT_EQ(arena.receive(arena.a), (std::vector<Received>{{abi::kEnd, 0, Reason::none, 0}}));
  EXPECT_EQ(words[arena.a + abi::kDropped], 0u);
}

// --- Supervisor, stop ----------------------------------------------------------------------------

TEST(Supervisor, GivesOneCommandAtATime) {
  TestArena arena({}, Phase::created);
  const auto tell_supervisor = [&](Command what) {
    arena.send(arena.supervisor, static_cast<std::uint32_t>(what), arena.a);
  };
  tell_supervisor(Command::create);
  tell_supervisor(Command::activate);
  take_ready(arena.crew, 0);
  supervise(arena.supervisor, 10);
  // The second one would overwrite the first, which the actor has not obeyed yet.
  EXPECT_EQ(words[arena.a + abi::kCommand] >> 8, 1u);
  EXPECT_TRUE(arena.is_ready(arena.a));
  EXPECT_TRUE(arena.is_ready(arena.supervisor));
  arena.slice(arena.a, 10, handle);
  EXPECT_EQ(arena.phase(arena.a), Phase::launched);
  supervise(arena.supervisor, 10);
  arena.slice(arena.a, 10, handle);
  EXPECT_EQ(arena.phase(arena.a), Phase::active);
  EXPECT_EQ(words[arena.a + abi::kErrorCount], 0u);
}

/// Those that a kernel runs until it leaves.
std::vector<std::uint32_t> rounds(const TestArena& arena, std::uint32_t lease) {
  std::vector<std::uint32_t> ran;
  Round round = advance(begin_rounds(arena.crew, lease, 0, 1));
  for (; !is_over(round); round = advance(round))
    ran.push_back(actor_to_run(round));
  return ran;
}

TEST(Crew, RunsThoseThatAreReadyUntilItIsToldToStop) {
  TestArena arena;
  notify(arena.b);
  notify(arena.a);
  Round round = advance(begin_rounds(arena.crew, 0, 0, 1));
  EXPECT_EQ(actor_to_run(round), arena.a);
  words[arena.crew + abi::kCrewStop] = 1; // rule 4: one lane of a block asks, between two rounds
  round = advance(round);
  EXPECT_EQ(actor_to_run(round), arena.b);
  notify(arena.a);
  EXPECT_FALSE(is_over(round));
  EXPECT_EQ(words[arena.crew + abi::kCrewStopped], 0u);
  EXPECT_TRUE(is_over(advance(round)));
  EXPECT_EQ(words[arena.crew + abi::kCrewStopped], 1u);
  EXPECT_TRUE(arena.is_ready(arena.a));
}

TEST(Crew, ALeaseEndsAfterASliceAndTheNextGoesOn) {
  TestArena arena;
  notify(arena.a);
  notify(arena.b);
  EXPECT_EQ(rounds(arena, 5), std::vector{arena.a});
  notify(arena.a); // which does not make others wait
  EXPECT_EQ(rounds(arena, 5), std::vector{arena.b});
  EXPECT_EQ(rounds(arena, 5), std::vector{arena.a});
  EXPECT_EQ(rounds(arena, 5), std::vector<std::uint32_t>{}); // without work it leaves, too
  EXPECT_EQ(words[arena.crew + abi::kCrewStopped], 0u) << "an ended lease is no stop";
}

TEST(Crew, ALeaseIsNotBegunOnceTheCrewIsToldToStop) {
  TestArena arena;
  notify(arena.a);
  notify(arena.b);
  EXPECT_EQ(rounds(arena, 5), std::vector{arena.a});
  words[arena.crew + abi::kCrewStop] = 1;
  EXPECT_EQ(rounds(arena, 5), std::vector<std::uint32_t>{});
  EXPECT_EQ(words[arena.crew + abi::kCrewStopped], 1u);
  words[arena.crew + abi::kCrewStop] = 0;
  EXPECT_EQ(rounds(arena, 5), std::vector{arena.b}) << "whose ready bit had been taken";
}

TEST(Crew, AKernelThatDidNotLeaveIsSeenByTheNext) {
  TestArena arena;
  notify(arena.a);
  Round round = advance(begin_rounds(arena.crew, 5, 0, 1));
  ASSERT_EQ(actor_to_run(round), arena.a);
  // The driver ends the loop here, in which is_over() would have come true.
  notify(arena.b);
  EXPECT_EQ(rounds(arena, 5), std::vector<std::uint32_t>{});
  EXPECT_EQ(words[arena.crew + abi::kCrewLease], static_cast<std::uint32_t>(abi::Lease::lost));
  EXPECT_EQ(rounds(arena, 5), std::vector<std::uint32_t>{}) << "nor does any other go on";
}

TEST(Crew, RefusesOtherLayouts) {
  TestArena arena;
  words[arena.crew + abi::kCrewHashLow] = 1;
  words[arena.crew + abi::kCrewHashHigh] = 2;
  EXPECT_TRUE(attach(arena.crew, 1, 2));
  EXPECT_FALSE(attach(arena.crew, 1, 3));
  EXPECT_EQ(words[arena.crew + abi::kCrewSeenHigh], 3u);
  words[abi::kArenaVersion] = abi::kProtocolVersion + 1;
  EXPECT_FALSE(attach(arena.crew, 1, 2));
}

// --- Priorities ----------------------------------------------------------------------------------

/// The words of the messages that a slice handles.
std::vector<std::uint32_t> taken(TestArena& arena, std::uint32_t self, std::uint32_t budget) {
  std::vector<std::uint32_t> values;
  arena.slice(self, budget, [&](Context&, std::uint32_t event, std::uint32_t message) {
    if (event >= abi::kFirstMessage) values.push_back(words[message]);
    return true;
  });
  return values;
}

TEST(Priorities, HigherOnesAreTakenFirstAndInOrder) {
  for (const std::uint32_t budget : {1u, 3u, 100u}) {
    TestArena arena;
    arena.give_priorities(arena.a);
    for (std::uint32_t i = 0; i < 12; ++i)
      EXPECT_TRUE(arena.send_as(arena.a, kPing, i, static_cast<abi::Priority>(i % 4)));
    EXPECT_EQ(depth_of(arena.a), 12u);
    std::vector<std::uint32_t> all;
    while (depth_of(arena.a) != 0) {
      const std::vector<std::uint32_t> some = taken(arena, arena.a, budget);
      ASSERT_FALSE(some.empty());
      all.insert(all.end(), some.begin(), some.end());
      EXPECT_TRUE(depth_of(arena.a) == 0 || arena.is_ready(arena.a));
    }
    EXPECT_EQ(all, (std::vector<std::uint32_t>{3, 7, 11, 2, 6, 10, 1, 5, 9, 0, 4, 8}));
    EXPECT_EQ(words[arena.a + abi::kMaxDepth], 12u);
    EXPECT_EQ(words[arena.a + abi::kProcessed], 12u);
  }
}

TEST(Priorities, OneThatComesMeanwhileIsNext) {
  TestArena arena;
  arena.give_priorities(arena.a);
  for (std::uint32_t i = 0; i < 3; ++i)
    arena.send_as(arena.a, kPing, i, abi::Priority::low);
  EXPECT_EQ(taken(arena, arena.a, 1), std::vector<std::uint32_t>{0});
  arena.send_as(arena.a, kPing, 9, abi::Priority::critical);
  EXPECT_EQ(taken(arena, arena.a, 9), (std::vector<std::uint32_t>{9, 1, 2}));
}

TEST(Priorities, WhatIsRefusedIsTheOneThatWasLookedAt) {
  TestArena arena;
  arena.give_priorities(arena.a);
  arena.send_as(arena.a, 999, 7, abi::Priority::low);
  arena.slice(arena.a, 1, [](Context&, std::uint32_t, std::uint32_t) { return false; });
  arena.send_as(arena.a, kPing, 8, abi::Priority::critical); // came in between
  EXPECT_EQ(taken(arena, arena.a, 9), std::vector<std::uint32_t>{8});
  const std::vector<Received> letters = arena.receive(arena.a);
  EXPECT_EQ(letters, (std::vector<Received>{{999, 7, Reason::unknown_type, 0}}));
}

TEST(Priorities, EachHasTheRoomOfTheMailbox) {
  TestArena arena({.mailbox = 2});
  arena.give_priorities(arena.a);
  for (std::uint32_t i = 0; i < 2; ++i)
    EXPECT_TRUE(arena.send_as(arena.a, kPing, i, abi::Priority::high));
  EXPECT_FALSE(arena.send_as(arena.a, kPing, 2, abi::Priority::high));
  EXPECT_TRUE(arena.send_as(arena.a, kPing, 3, abi::Priority::low));
  EXPECT_EQ(taken(arena, arena.a, 1), std::vector<std::uint32_t>{0});
  EXPECT_TRUE(arena.send_as(arena.a, kPing, 4, abi::Priority::high));
  EXPECT_EQ(taken(arena, arena.a, 9), (std::vector<std::uint32_t>{1, 4, 3}));
}

TEST(Priorities, WhatCameBeforeTheStartIsNotForgotten) {
  TestArena arena({}, Phase::launched);
  arena.give_priorities(arena.a);
  arena.send_as(arena.a, kPing, 1, abi::Priority::high);
  take_ready(arena.crew, 0); // of a slice in which it has nothing to run
  arena.command(arena.a, Command::activate);
  EXPECT_TRUE(taken(arena, arena.a, 1).empty()); // it starts
  EXPECT_TRUE(arena.is_ready(arena.a));
  EXPECT_EQ(taken(arena, arena.a, 1), std::vector<std::uint32_t>{1});
}

TEST(Priorities, WhoHasNoneTakesAllInOrder) {
  TestArena arena;
  ASSERT_EQ(ring_in(arena.a, flags_of(abi::Priority::high)), 0u);
  for (std::uint32_t i = 0; i < 8; ++i)
    EXPECT_TRUE(arena.send_as(arena.a, kPing, i, static_cast<abi::Priority>(i % 4)));
  EXPECT_EQ(taken(arena, arena.a, 9), (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(Priorities, AreOneOfFour) {
  using abi::Priority;
  EXPECT_EQ(flags_of(Priority::normal), 0u);
  EXPECT_EQ(flags_of(static_cast<Priority>(200)), flags_of(Priority::critical));
  for (const Priority each : {Priority::low, Priority::normal, Priority::high, Priority::critical})
    EXPECT_EQ(priority_of(flags_of(each) | ~std::uint32_t{abi::kRingMask}), each);
}

// --- Budgets -------------------------------------------------------------------------------------

/// What the host gets of a random trace, with slices of that budget at random moments.
std::vector<Received> run_trace(std::uint32_t seed, std::uint32_t budget) {
  TestArena arena({.mailbox = 64, .replies = 4, .outbox = 16}, Phase::created);
  arena.command(arena.a, Command::activate);
  std::minstd_rand trace(seed);            // the same for each budget
  std::minstd_rand moments(seed + budget); // another for each
  std::vector<Received> all;
  const auto receive = [&](std::uint32_t most) {
    for (const Received& each : arena.receive(arena.a, most))
      all.push_back(each);
  };
  for (int i = 0; i < 300; ++i) {
    const std::uint32_t kind = trace() % 10;
    const std::uint32_t type = kind < 6 ? kPing : kind < 8 ? kBurst : 999;
    const std::uint32_t value = trace() % 8;
    const bool is_late = trace() % 7 == 0;
    while (!arena.send(arena.a, type, value, [&](std::uint32_t slot) {
      if (is_late) words[slot + abi::kDeadlineLow] = 1;
    })) {
      arena.slice(arena.a, budget, handle);
      receive(moments() % 3);
    }
    if (moments() % 4 == 0) arena.slice(arena.a, budget, handle);
    receive(moments() % 2);
  }
  arena.command(arena.a, Command::drain);
  while (arena.phase(arena.a) != Phase::terminated) {
    arena.slice(arena.a, budget, handle);
    receive(moments() % 4);
  }
  receive(1000);
  EXPECT_EQ(words[arena.a + abi::kDropped], 0u);
  return all;
}

TEST(Budget, AnyGivesTheSameReplies) { // rule 11
  for (std::uint32_t seed : {1u, 2u, 3u}) {
    const std::vector<Received> expected = run_trace(seed, 1);
    EXPECT_GT(expected.size(), 300u);
    for (std::uint32_t budget : {2u, 7u, 1000u})
      EXPECT_EQ(run_trace(seed, budget), expected) << "budget " << budget;
  }
}

} // namespace
} // namespace ring::protocol::test
