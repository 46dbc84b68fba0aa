// The steps of an actor's life, legal and illegal.
#include "fixture.h"

#include "counter.ring.h"
#include "echo.ring.h"
#include "numbers.ring.h"

#include <array>
#include <atomic>
#include <random>
#include <thread>

namespace ring::actors {
namespace {

ACTOR_SUITE(LifeCycle);

constexpr std::array<float, 3> kWeights{1, 1, 1};

TEST_P(LifeCycle, LaunchActivatesUnlessToldNotTo) {
  auto echo = launch(::echo::add, {.activate = false});
  EXPECT_EQ(echo.state(), ActorState::launched);
  EXPECT_EQ(code_of([&] { echo.send(::echo::Pair{1, 2}); }), ErrorCode::not_active);
  echo.activate();
  EXPECT_EQ(echo.state(), ActorState::active);
  echo.send(::echo::Pair{1, 2});
  EXPECT_EQ(echo.receive<::echo::Sum>(30s).value, 3);
}

TEST_P(LifeCycle, EachIllegalStepNamesBothStates) {
  auto echo = launch(::echo::add);
  std::string text;
  EXPECT_EQ(code_of([&] { echo.activate(); }, &text), ErrorCode::illegal_state);
  EXPECT_NE(text.find("active"), std::string::npos) << text;
  EXPECT_EQ(code_of([&] { echo.resume(); }), ErrorCode::illegal_state);
  echo.suspend();
  EXPECT_EQ(code_of([&] { echo.suspend(); }, &text), ErrorCode::illegal_state);
  EXPECT_NE(text.find("suspended"), std::string::npos) << text;
  echo.terminate();
  EXPECT_EQ(echo.state(), ActorState::terminated);
  for (const auto& step : std::vector<std::function<void()>>{
           [&] { echo.activate(); }, [&] { echo.suspend(); }, [&] { echo.resume(); },
           [&] { echo.restart(); }, [&] { echo.terminate(); }}) {
    EXPECT_EQ(code_of(step, &text), ErrorCode::illegal_state);
    EXPECT_NE(text.find("terminated"), std::string::npos) << text;
  }
}

TEST_P(LifeCycle, ASuspendedActorTakesNoMessages) {
  auto echo = launch(::echo::add);
  echo.suspend();
  EXPECT_EQ(code_of([&] { echo.send(::echo::Pair{1, 2}); }), ErrorCode::not_active);
  EXPECT_EQ(echo.try_send(::echo::Pair{1, 2}).error().code(), ErrorCode::not_active);
}

TEST_P(LifeCycle, AHandlerStopsItsActor) {
  auto counter = launch(counter::Counter, {}, 3u, kWeights);
  counter.send(counter::Add{4});
  counter.send(counter::Stop{});
  EXPECT_EQ(counter.receive<counter::Goodbye>(30s).value, 7u);
  for (int tries = 0; counter.state() != ActorState::terminated && tries < 5000; ++tries)
    std::this_thread::sleep_for(1ms);
  EXPECT_EQ(counter.state(), ActorState::terminated);
  EXPECT_EQ(code_of([&] { counter.send(counter::Ask{}); }), ErrorCode::not_active);
}

TEST_P(LifeCycle, TerminateDrainsOrMakesDeadLetters) {
  // The ring to the host has room for 4 and nobody takes them, so messages stay queued.
  for (const Terminate how : {Terminate::dead_letter, Terminate::drain}) {
    auto counter = launch(counter::Counter, {.mailbox = 64}, 0u, kWeights);
    for (int i = 0; i < 30; ++i)
      counter.send(counter::Add{1});
    counter.terminate(how);
    const auto goodbye = counter.receive<counter::Goodbye>(30s);
    const auto letters = counter.dead_letters();
    if (how == Terminate::drain) {
      EXPECT_EQ(goodbye.value, 30u);
      EXPECT_TRUE(letters.empty());
    } else {
      EXPECT_EQ(goodbye.value + letters.size(), 30u); // each is one or the other
      for (const DeadLetter& letter : letters)
        EXPECT_EQ(letter.reason, Reason::terminated);
    }
  }
}

TEST_P(LifeCycle, ATerminatedNameCanBeLaunchedAgain) {
  for (std::uint32_t i = 0; i < 5; ++i) {
    auto counter = launch(counter::Counter, {.name = "again"}, i, kWeights);
    EXPECT_EQ(counter.call<counter::Count>(counter::Ask{}).get(30s).value, i);
    EXPECT_EQ(code_of([&] { launch(counter::Counter, {.name = "again"}, 9u, kWeights); }),
              ErrorCode::name_taken);
    counter.terminate();
  }
}

TEST_P(LifeCycle, SlotsAreUsedAgain) {
  // More than a crew's table has, one after the other.
  for (int i = 0; i < 100; ++i) {
    auto echo = launch(::echo::add);
    echo.send(::echo::Pair{i, 1});
    ASSERT_EQ(echo.receive<::echo::Sum>(30s).value, i + 1);
    echo.terminate();
  }
}

TEST_P(LifeCycle, ManyLiveAtOnce) {
  auto counters =
      launch(counter::Counter, {.name = "many", .instances = 40, .mailbox = 4}, 1u, kWeights);
  ASSERT_EQ(counters.instances(), 40u);
  for (std::uint32_t i = 0; i < 40; ++i)
    counters.instance(i).send(counter::Add{i});
  for (std::uint32_t i = 0; i < 40; ++i)
    EXPECT_EQ(counters.instance(i).call<counter::Count>(counter::Ask{}).get(30s).value, i + 1);
  counters.terminate();
}

TEST_P(LifeCycle, ListAndFind) {
  auto a = launch(counter::Counter, {.name = "list a"}, 0u, kWeights);
  auto b = launch(counter::Idler, {.name = "list b"});
  const std::vector<ActorInfo> all = runtime().list();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "list a");
  EXPECT_EQ(all[1].name, "list b");
  EXPECT_EQ(all[1].state, ActorState::active);
  EXPECT_EQ(all[1].schedule, GetParam().schedule);
  EXPECT_EQ(runtime().find("list a").address(), a.address());
  EXPECT_EQ(code_of([&] { runtime().find("nobody"); }), ErrorCode::unknown_actor);
}

TEST_P(LifeCycle, ShutdownEndsEverythingAndIsIdempotent) {
  Runtime rt = new_runtime();
  auto echo = rt.launch(::echo::add, options());
  rt.shutdown();
  rt.shutdown();
  EXPECT_TRUE(rt.list().empty());
  EXPECT_EQ(echo.state(), ActorState::terminated);
  EXPECT_EQ(code_of([&] { rt.launch(::echo::add, options()); }), ErrorCode::shut_down);
  EXPECT_NE(code_of([&] { echo.send(::echo::Pair{1, 2}); }), ErrorCode::no_device);
}

// A stop at a random moment between a sender and its receiver: each message that was accepted is
// handled or a dead letter, each that was not is counted as rejected, and each that was handled is
// answered.
TEST_P(LifeCycle, StopsAtAnyMoment) {
  const int rounds = is_on("cpu") ? 10'000 : 1'000;
  std::minstd_rand random(7);
  std::uint32_t all_handled = 0;
  std::uint32_t all_dead = 0;
  std::uint32_t all_rejected = 0;
  // One that lives all the time: the others join its crew.
  auto resident = launch(::echo::add, {.name = "resident"});
  for (int round = 0; round < rounds; ++round) {
    auto echo = launch(::echo::add, {.name = "stopped", .mailbox = 8, .replies = 64});
    std::uint32_t accepted = 0;
    std::uint32_t rejected = 0;
    std::atomic<bool> begins = false;
    std::thread sender([&] {
      begins = true;
      for (int i = 0; i < 64; ++i) {
        const Status sent = echo.try_send(::echo::Pair{i, 0});
        if (!sent && sent.error().code() != ErrorCode::mailbox_full) break; // it ends
        ++(sent ? accepted : rejected);
      }
    });
    while (!begins)
      std::this_thread::yield();
    const auto moment = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % 60);
    while (std::chrono::steady_clock::now() < moment)
      std::this_thread::yield();
    echo.terminate(Terminate::dead_letter, 30s);
    sender.join();
    std::uint32_t answered = 0;
    while (echo.try_receive<::echo::Sum>())
      ++answered;
    const auto dead = static_cast<std::uint32_t>(echo.dead_letters().size());
    const ActorMetrics metrics = echo.metrics();
    ASSERT_EQ(answered + dead, accepted) << "round " << round;
    ASSERT_EQ(metrics.telemetry.processed, answered) << "round " << round;
    ASSERT_EQ(metrics.dead_letters, dead) << "round " << round;
    ASSERT_EQ(metrics.rejected, rejected) << "round " << round;
    all_handled += answered;
    all_dead += dead;
    all_rejected += rejected;
  }
  // Some stops came while messages were queued, others when all had been handled.
  EXPECT_GT(all_handled, 0u);
  EXPECT_GT(all_dead, 0u);
  RecordProperty("stops", rounds);
  RecordProperty("handled_dead_rejected", std::to_string(all_handled) + ", " +
                                              std::to_string(all_dead) + ", " +
                                              std::to_string(all_rejected));
}

} // namespace
} // namespace ring::actors
