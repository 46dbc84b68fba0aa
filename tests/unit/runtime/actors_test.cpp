// Actors on the CPU backend, under both schedules: launches, messages, life, errors.
#include "expect_error.h"
#include "toy_actors.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

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

TEST_P(Actors, RestartsWithANewState) {
  auto actor = rt.launch(counter, options(), 5u);
  actor.send(Add{50});
  EXPECT_EQ(actor.call<Count>(Ask{}).get(5s).value, 55u);
  actor.restart();
  EXPECT_EQ(actor.call<Count>(Ask{}).get(5s).value, 5u);
}

TEST_P(Actors, SendsARangeWithOneNotification) {
  auto actor = rt.launch(counter, options(), 0u);
  const std::vector<Add> adds(1000, Add{2}); // more than the mailbox holds
  actor.send(adds);
  EXPECT_EQ(actor.call<Count>(Ask{}).get(5s).value, 2000u);
  EXPECT_EQ(actor.metrics().enqueued, 1001u);
}

TEST_P(Actors, KeepsWhatAnotherTypeWasWaitedFor) {
  auto actor = rt.launch(echo, options());
  actor.send(Ping{1});
  actor.send(Odd{});
  actor.send(Ping{2});
  EXPECT_EQ(actor.receive<Odd>(5s).bytes[0], 1);
  EXPECT_EQ(actor.receive<Pong>(5s).value, 1u);
  EXPECT_EQ(std::get<Pong>(actor.receive_any(5s)).value, 2u);
  EXPECT_FALSE(actor.try_receive<Pong>());
}

TEST_P(Actors, AnswersEachCallItsOwn) {
  auto actor = rt.launch(echo, options());
  actor.send(Ping{9});
  auto first = actor.call<Pong>(Ping{1});
  auto second = actor.call<Pong, Odd>(Odd{});
  EXPECT_EQ(second.get(5s).index(), 1u);
  EXPECT_EQ(first.get(5s).value, 1u);
  EXPECT_TRUE(first.is_ready());
  expect_error(ErrorCode::invalid_argument, {"has been taken"}, [&] { first.get(1s); });
  EXPECT_EQ(actor.receive<Pong>(5s).value, 9u);
  auto wrong = actor.call<Odd>(Ping{1});
  expect_error(ErrorCode::wrong_message, {"102"}, [&] { wrong.get(5s); });
}

TEST_P(Actors, CountsTheAnswerToACallThatGaveUp) {
  auto actor = rt.launch(sleeper, options());
  {
    auto call = actor.call<Pong>(Ping{30});
    expect_error(ErrorCode::timeout, {"'sleeper'", "active"}, [&] { call.get(1ms); });
  }
  actor.send(Ping{0});
  EXPECT_EQ(actor.receive<Pong>(5s).value, 0u);
  EXPECT_EQ(actor.metrics().late_replies, 1u);
}

TEST_P(Actors, NamesBothStatesOfAnIllegalStep) {
  LaunchOptions asleep = options();
  asleep.activate = false;
  auto actor = rt.launch(counter, asleep, 1u);
  EXPECT_EQ(actor.state(), ActorState::launched);
  expect_error(ErrorCode::illegal_state, {"launched", "suspended"}, [&] { actor.suspend(); });
  expect_error(ErrorCode::not_active, {"launched"}, [&] { actor.send(Add{1}); });
  actor.activate();
  expect_error(ErrorCode::illegal_state, {"active", "active"}, [&] { actor.activate(); });
  expect_error(ErrorCode::illegal_state, {"active", "active"}, [&] { actor.resume(); });
  actor.suspend();
  expect_error(ErrorCode::illegal_state, {"suspended"}, [&] { actor.suspend(); });
  actor.terminate();
  expect_error(ErrorCode::illegal_state, {"terminated"}, [&] { actor.terminate(); });
  expect_error(ErrorCode::illegal_state, {"terminated", "active"}, [&] { actor.restart(); });
  expect_error(ErrorCode::not_active, {"terminated"}, [&] { actor.send(Add{1}); });
}

TEST_P(Actors, EndsWithoutHavingStarted) {
  LaunchOptions asleep = options();
  asleep.activate = false;
  auto actor = rt.launch(counter, asleep, 1u);
  actor.terminate();
  EXPECT_EQ(actor.state(), ActorState::terminated);
  EXPECT_FALSE(actor.try_receive<Goodbye>()); // nothing of it has run
}

TEST_P(Actors, DrainsWhatIsQueued) {
  auto actor = rt.launch(counter, options(), 0u);
  actor.suspend();
  actor.resume();
  actor.send(std::vector<Add>(50, Add{1}));
  actor.terminate(Terminate::drain);
  EXPECT_EQ(actor.receive<Goodbye>().value, 50u);
  expect_error(ErrorCode::not_active, {"terminated"}, [&] { actor.receive<Goodbye>(5s); });
  EXPECT_TRUE(actor.dead_letters().empty());
}

TEST_P(Actors, BuriesWhatIsQueued) {
  LaunchOptions one = options();
  one.budget = 1; // a command is obeyed between slices
  auto actor = rt.launch(sleeper, one);
  actor.send(Ping{100});
  std::vector<Call<Pong>> calls;
  calls.push_back(actor.call<Pong>(Ping{1}));
  actor.send(Ping{2});
  actor.send(Ping{3});
  actor.terminate(Terminate::dead_letter);
  // The first was being handled, or had not begun yet.
  auto letters = actor.dead_letters();
  const auto pong = actor.try_receive<Pong>();
  EXPECT_EQ(letters.size(), pong ? 2u : 3u);
  for (const DeadLetter& letter : letters) {
    EXPECT_EQ(letter.reason, Reason::terminated);
    EXPECT_EQ(letter.header.message_type, MessageType<Ping>::id);
    EXPECT_EQ(letter.header.magic, abi::kMessageMagic);
    EXPECT_EQ(letter.payload.size(), 4u);
  }
  expect_error(ErrorCode::not_delivered, {"terminated"}, [&] { calls[0].get(5s); });
  EXPECT_EQ(actor.metrics().dead_letters, pong ? 3u : 4u);
}

TEST_P(Actors, EndsItself) {
  auto actor = rt.launch(counter, options(), 3u);
  actor.send(Stop{});
  EXPECT_EQ(actor.receive<Goodbye>(5s).value, 3u);
  while (actor.state() != ActorState::terminated)
    std::this_thread::yield();
  EXPECT_TRUE(rt.list().empty());
  expect_error(ErrorCode::unknown_actor, {"'counter'"}, [&] { rt.find("counter"); });
}

TEST_P(Actors, ReusesThePlacesOfThoseThatEnded) {
  auto stays = rt.launch(echo, options("stays"));
  for (std::uint32_t i = 0; i < 200;
       ++i) { // more than a crew has places, and than the memory holds
    auto actor = rt.launch(counter, options(), i);
    actor.send(Add{1});
    EXPECT_EQ(actor.call<Count>(Ask{}).get(5s).value, i + 1);
    if (i % 2 == 0) actor.terminate();
    if (i % 2 == 1) actor.send(Stop{}), actor.receive<Goodbye>(5s);
    while (actor.state() != ActorState::terminated)
      std::this_thread::yield();
  }
  stays.send(Ping{1});
  EXPECT_EQ(stays.receive<Pong>(5s).value, 1u);
}

TEST_P(Actors, ManyJoinOneCrew) {
  std::vector<ActorHandle<Receives<Add, Ask, Stop>, Replies<Count, Goodbye>>> actors;
  for (std::uint32_t i = 0; i < 40; ++i)
    actors.push_back(rt.launch(counter, options("c" + std::to_string(i)), i));
  EXPECT_EQ(rt.list().size(), 40u);
  for (std::uint32_t i = 0; i < 40; ++i)
    EXPECT_EQ(actors[i].call<Count>(Ask{}).get(5s).value, i);
}

TEST_P(Actors, LaunchesInstances) {
  LaunchOptions many = options();
  many.instances = 300;
  many.mailbox = 4;
  auto actors = rt.launch(counter, many, 1u);
  EXPECT_EQ(actors.instances(), 300u);
  EXPECT_EQ(actors.instance(17).name(), "counter[17]");
  for (std::uint32_t i = 0; i < 300; ++i)
    actors.instance(i).send(Add{i});
  for (std::uint32_t i = 0; i < 300; ++i)
    EXPECT_EQ(actors.instance(i).call<Count>(Ask{}).get(5s).value, i + 1);
  actors.suspend();
  EXPECT_EQ(actors.instance(299).state(), ActorState::suspended);
  actors.terminate();
  EXPECT_EQ(actors.instance(0).receive<Goodbye>(5s).value, 1u);
  EXPECT_TRUE(rt.list().empty());
}

// --- Routes --------------------------------------------------------------------------------------

TEST_P(Actors, PlayPingPongWithoutTheHost) {
  LaunchOptions a = options("a"), b = options("b");
  a.routes = {{"next", "b"}, {"out", "host"}};
  b.routes = {{"next", "a"}, {"out", "host"}};
  auto [left, right] = rt.launch_group(Launch{passer, a}, Launch{passer, b});
  left.send(Ping{1001});
  EXPECT_EQ(right.receive<Ping>(20s).value, 0u);
  EXPECT_EQ(left.metrics().telemetry.processed + right.metrics().telemetry.processed, 1002u);
}

TEST_P(Actors, AnswersThroughWhomACallWasPassedOn) {
  LaunchOptions first = options("first"), second = options("second"), last = options("last");
  first.routes = {{"next", "second"}};
  second.routes = {{"next", "last"}};
  auto [a, b, c] =
      rt.launch_group(Launch{passer, first}, Launch{passer, second}, Launch{sleeper, last});
  const Ping ping{3};
  auto call = a.call<Ping, Pong>(ping); // the types are those of whoever answers
  EXPECT_EQ(std::get<Pong>(call.get(5s)).value, 3u);
}

TEST_P(Actors, BuriesWhatHopsTooOften) {
  LaunchOptions a = options("a"), b = options("b");
  a.routes = {{"next", "b"}};
  b.routes = {{"next", "a"}};
  auto [left, right] = rt.launch_group(Launch{passer, a}, Launch{passer, b});
  left.send(Ping{5});
  std::vector<DeadLetter> letters;
  for (int i = 0; letters.empty() && i < 5000; ++i, std::this_thread::sleep_for(1ms))
    letters = left.dead_letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::hops_exceeded);
  EXPECT_EQ(left.metrics().telemetry.processed + right.metrics().telemetry.processed, 9u);
}

TEST_P(Actors, BuriesWhatHasNoRouteOrNoReceiver) {
  auto lonely = rt.launch(passer, options("lonely"));
  lonely.send(Ping{5});
  lonely.send(Pong{6}); // it declares it and does not know it
  std::vector<DeadLetter> letters;
  for (int i = 0; letters.size() < 2 && i < 5000; ++i, std::this_thread::sleep_for(1ms))
    for (DeadLetter& letter : lonely.dead_letters())
      letters.push_back(std::move(letter));
  ASSERT_EQ(letters.size(), 2u);
  EXPECT_EQ(letters[0].reason, Reason::no_route);
  EXPECT_EQ(letters[1].reason, Reason::unknown_type);
  EXPECT_EQ(letters[1].header.message_type, MessageType<Pong>::id);

  LaunchOptions from = options("from");
  auto target = rt.launch(sink, options());
  from.routes = {{"next", "sink"}};
  auto sender = rt.launch(source, from);
  target.terminate();
  sender.send(Add{1});
  letters.clear();
  for (int i = 0; letters.empty() && i < 5000; ++i, std::this_thread::sleep_for(1ms))
    letters = sender.dead_letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::closed);
}

TEST_P(Actors, ASlowReceiverLosesNothing) {
  auto target = rt.launch(sink, options()); // a mailbox of 4
  LaunchOptions from = options();
  from.routes = {{"next", "sink"}};
  from.outbox = 256;
  auto sender = rt.launch(source, from);
  sender.send(Add{100});
  Count count{};
  for (int i = 0; count.value < 100 && i < 5000; ++i)
    count = target.call<Count>(Ask{}).get(5s);
  EXPECT_EQ(count.value, 100u);
  EXPECT_EQ(count.starts, 0u); // out of order
  EXPECT_EQ(sender.metrics().telemetry.dropped, 0u);
  EXPECT_GE(sender.metrics().sent, 100u);
}

TEST_P(Actors, RefusesWrongRoutes) {
  LaunchOptions from = options();
  from.routes = {{"next", "nobody"}};
  expect_error(ErrorCode::unknown_actor, {"'nobody'", "'next'"}, [&] { rt.launch(source, from); });
  auto other = rt.launch(counter, options("other"), 1u);
  from.routes = {{"next", "other"}};
  expect_error(ErrorCode::wrong_message, {"'Ping'", "'other'"}, [&] { rt.launch(source, from); });
  from.routes = {{"nowhere", "other"}};
  expect_error(ErrorCode::invalid_argument, {"'nowhere'"}, [&] { rt.launch(source, from); });
  from.routes = {{"next", "host"}, {"next", "host"}};
  expect_error(ErrorCode::invalid_argument, {"twice"}, [&] { rt.launch(source, from); });
  EXPECT_EQ(rt.list().size(), 1u); // none of them lives
}

// --- Mailboxes -----------------------------------------------------------------------------------

TEST_P(Actors, ReportsAFullMailbox) {
  LaunchOptions small = options();
  small.mailbox = 3; // rounded up to 4
  auto actor = rt.launch(sleeper, small);
  actor.send(Ping{300}); // it is being handled, and has its place until then
  for (std::uint32_t i = 0; i < 3; ++i)
    EXPECT_TRUE(actor.try_send(Ping{0}));
  const Status full = actor.try_send(Ping{0});
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code(), ErrorCode::mailbox_full);
  expect_error(ErrorCode::timeout, {"'sleeper'", "4 messages"},
               [&] { actor.send_for(Ping{0}, 1ms); });
  EXPECT_EQ(actor.metrics().rejected, 2u);
  actor.send(Ping{0}); // waits
  for (int i = 0; i < 5; ++i)
    actor.receive<Pong>(5s);
  const ActorMetrics metrics = actor.metrics();
  EXPECT_EQ(metrics.enqueued, 5u);
  EXPECT_EQ(metrics.dequeued, 5u);
  EXPECT_EQ(metrics.max_depth, 4u);
  EXPECT_EQ(actor.status().input_capacity, 4u);
}

TEST_P(Actors, FollowsTheOverflowPolicy) {
  LaunchOptions rejects = options("rejects"), buries = options("buries");
  rejects.mailbox = buries.mailbox = 1;
  rejects.overflow = Overflow::reject;
  buries.overflow = Overflow::dead_letter;
  auto [a, b] = rt.launch_group(Launch{sleeper, rejects}, Launch{sleeper, buries});
  a.send(Ping{200});
  expect_error(ErrorCode::mailbox_full, {"'rejects'", "mailbox of 1"}, [&] { a.send(Ping{1}); });
  EXPECT_EQ(a.metrics().rejected, 1u);
  b.send(Ping{200});
  b.send(Ping{1});
  const auto letters = b.dead_letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::full);
  auto call = b.call<Pong>(Ping{1});
  expect_error(ErrorCode::not_delivered, {"full"}, [&] { call.get(5s); });
}

TEST_P(Actors, WaitsForAHostThatDoesNotReceive) {
  LaunchOptions small = options();
  small.mailbox = small.replies = small.outbox = 1;
  auto actor = rt.launch(echo, small);
  // One reply in the ring, one in the outbox, one message in the mailbox; then nothing moves.
  int sent = 0;
  while (actor.try_send_for(Ping{0}, 200ms))
    ++sent;
  EXPECT_EQ(sent, 3);
  expect_error(ErrorCode::timeout, {"until the host receives"},
               [&] { actor.send_for(Ping{0}, 10ms); });
  for (int i = 0; i < 3; ++i)
    actor.receive<Pong>(5s);
}

TEST_P(Actors, BuriesWhatComesTooLateOrDamaged) {
  auto actor = rt.launch(echo, options());
  actor.send(Ping{1}, {.deadline = -1ms});
  actor.send(Ping{2}, {.deadline = 10s, .checked = true});
  EXPECT_EQ(actor.receive<Pong>(5s).value, 2u);
  const auto letters = actor.dead_letters();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::expired);
  EXPECT_NE(letters[0].header.deadline.physical, 0u);
  auto call = actor.call<Pong>(Ping{1}, {.deadline = -1ms});
  expect_error(ErrorCode::not_delivered, {"expired"}, [&] { call.get(5s); });
}

// --- Arguments and launches ----------------------------------------------------------------------

TEST_P(Actors, SharesItsBuffers) {
  auto data = rt.upload<std::uint32_t>({1u, 2u, 3u});
  auto other = rt.upload<std::uint32_t>({10u});
  auto a = rt.launch(doubler, options("a"), data);
  auto b = rt.launch(doubler, options("b"), data);
  auto c = rt.launch(doubler, options("c"), other); // its own crew
  EXPECT_EQ(a.call<Pong>(Ping{2}).get(5s).value, 6u);
  EXPECT_EQ(b.call<Pong>(Ping{2}).get(5s).value, 12u);
  EXPECT_EQ(c.call<Pong>(Ping{0}).get(5s).value, 20u);
  EXPECT_EQ(data.download(), (std::vector<std::uint32_t>{1, 2, 12}));
  data = {}; // the actors keep the memory
  EXPECT_EQ(a.call<Pong>(Ping{0}).get(5s).value, 2u);
}

TEST_P(Actors, RefusesWrongLaunches) {
  auto first = rt.launch(echo, options("a"));
  expect_error(ErrorCode::name_taken, {"'a'"}, [&] { rt.launch(echo, options("a")); });
  expect_error(ErrorCode::name_taken, {"'b'"},
               [&] { rt.launch_group(Launch{echo, options("b")}, Launch{echo, options("b")}); });
  expect_error(ErrorCode::invalid_argument, {}, [&] { rt.launch(echo, options("host")); });
  for (std::uint32_t size : {0u, (1u << 20) + 1}) {
    LaunchOptions wrong = options("b");
    wrong.mailbox = size;
    expect_error(ErrorCode::invalid_argument, {"mailbox", std::to_string(size).c_str()},
                 [&] { rt.launch(echo, wrong); });
  }
  LaunchOptions lazy = options("b");
  lazy.budget = 0;
  expect_error(ErrorCode::invalid_argument, {"budget"}, [&] { rt.launch(echo, lazy); });
  LaunchOptions none = options("b");
  none.instances = 0;
  expect_error(ErrorCode::invalid_argument, {"instances"}, [&] { rt.launch(echo, none); });
  expect_error(ErrorCode::invalid_argument, {"integer"},
               [&] { rt.launch(counter, options("b"), -1); });
  auto elsewhere = cpu();
  auto foreign = elsewhere.upload<std::uint32_t>({1u});
  expect_error(ErrorCode::invalid_argument, {"another Runtime"},
               [&] { rt.launch(doubler, options("b"), foreign); });
  LaunchOptions huge = options("b");
  huge.mailbox = 1u << 20;
  expect_error(ErrorCode::out_of_memory, {"actor_memory"}, [&] { rt.launch(echo, huge); });
  EXPECT_EQ(rt.list().size(), 1u);
}

TEST_P(Actors, RefusesAMismatchOfLayouts) {
  expect_error(ErrorCode::layout_mismatch, {"'toys'"}, [&] { rt.launch(stale_echo, options()); });
  auto actor = rt.launch(echo, options());
  EXPECT_EQ(actor.call<Pong>(Ping{1}).get(5s).value, 1u);
}

TEST_P(Actors, SendsAndReceivesBytes) {
  auto actor = rt.launch(echo, options());
  RawActorHandle raw = rt.find("echo");
  const Ping ping{77};
  raw.send_raw(MessageType<Ping>::id, std::as_bytes(std::span(&ping, 1)));
  const RawMessage message = raw.receive_raw(5s);
  EXPECT_EQ(message.type, MessageType<Pong>::id);
  EXPECT_EQ(message.payload.size(), 4u);
  EXPECT_EQ(message.source, actor.address());
  EXPECT_GT(message.stamp.physical, 1'700'000'000'000'000u);
  expect_error(ErrorCode::wrong_message, {"9999", "'echo'"},
               [&] { raw.send_raw(9999, std::as_bytes(std::span(&ping, 1))); });
  expect_error(ErrorCode::invalid_argument, {"4 bytes", "3"}, [&] {
    raw.send_raw(MessageType<Ping>::id, std::as_bytes(std::span(&ping, 1)).first(3));
  });
}

TEST_P(Actors, ShutsDownOnce) {
  auto actor = rt.launch(counter, options(), 4u);
  auto asleep = rt.launch(echo, options());
  asleep.suspend();
  rt.shutdown();
  rt.shutdown();
  EXPECT_TRUE(rt.list().empty());
  EXPECT_EQ(actor.state(), ActorState::terminated);
  EXPECT_EQ(actor.receive<Goodbye>(5s).value, 4u);
  expect_error(ErrorCode::shut_down, {"counter"}, [&] { actor.send(Add{1}); });
  expect_error(ErrorCode::shut_down, {"shut down"}, [&] { rt.launch(echo, options()); });
  auto data = rt.upload<std::uint32_t>({1u}); // the rest goes on
  EXPECT_EQ(data.download()[0], 1u);
}

TEST_P(Actors, ReportsAHandlerThatDoesNotReturn) {
  auto actor = rt.launch(sleeper, options());
  actor.send(Ping{1500});
  std::this_thread::sleep_for(100ms); // it is in the handler then
  const auto begin = std::chrono::steady_clock::now();
  const Status ended = rt.try_shutdown(50ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code(), ErrorCode::timeout);
  EXPECT_NE(std::string(ended.error().what()).find("'sleeper'"), std::string::npos);
  std::this_thread::sleep_for(1500ms); // the thread that was left to itself ends before the process
}

TEST_P(Actors, HandlesOutliveTheirRuntime) {
  ActorHandle<Receives<Ping, Odd>, Replies<Pong, Odd>> actor;
  {
    auto mine = cpu();
    actor = mine.launch(echo, options());
    actor.send(Ping{1});
  }
  EXPECT_EQ(actor.state(), ActorState::terminated);
  expect_error(ErrorCode::shut_down, {}, [&] { actor.send(Ping{1}); });
}

TEST_P(Actors, TakesManyProducersAndReceivers) {
  LaunchOptions wide = options();
  wide.mailbox = 64;
  auto actor = rt.launch(echo, wide);
  constexpr std::uint32_t kProducers = 8, kEach = 5'000;
  std::vector<std::atomic<std::uint32_t>> seen(kProducers * kEach);
  std::atomic<std::uint32_t> left = kProducers * kEach;
  std::vector<std::thread> threads;
  for (std::uint32_t p = 0; p < kProducers; ++p)
    threads.emplace_back([=]() mutable {
      for (std::uint32_t i = 0; i < kEach; ++i)
        actor.send(Ping{p * kEach + i});
    });
  for (int r = 0; r < 2; ++r)
    threads.emplace_back([&, actor]() mutable {
      while (left != 0)
        if (auto pong = actor.try_receive<Pong>(1ms)) {
          ++seen[pong->value];
          --left;
        }
    });
  for (std::thread& thread : threads)
    thread.join();
  for (const auto& count : seen)
    ASSERT_EQ(count, 1u);
}

TEST(ActorSchedules, AutomaticIsWhatThereIs) {
  Runtime rt = cpu();
  EXPECT_EQ(rt.launch(echo).schedule(), Schedule::persistent);
  EXPECT_EQ(rt.launch(bounded_echo, {.name = "b"}).schedule(), Schedule::bounded);
  expect_error(ErrorCode::unsupported, {"persistent", "without it"},
               [&] { rt.launch(bounded_echo, {.name = "c", .schedule = Schedule::persistent}); });
}

TEST(ActorSchedules, ReachEachOther) {
  Runtime rt = cpu();
  auto [a, b] = rt.launch_group(Launch{passer,
                                       {.name = "a",
                                        .schedule = Schedule::persistent,
                                        .routes = {{"next", "b"}, {"out", "host"}}}},
                                Launch{passer,
                                       {.name = "b",
                                        .schedule = Schedule::bounded,
                                        .routes = {{"next", "a"}, {"out", "host"}}}});
  a.send(Ping{51});
  EXPECT_EQ(b.receive<Ping>(20s).value, 0u);
}

TEST(ActorSchedules, AHundredThousandLive) {
  Runtime rt = cpu();
  auto actors = rt.launch(counter,
                          {.instances = 100'000,
                           .schedule = Schedule::bounded,
                           .mailbox = 1,
                           .replies = 1,
                           .outbox = 2},
                          1u);
  for (std::uint32_t i = 0; i < 100'000; ++i)
    actors.instance(i).send(Add{i});
  for (std::uint32_t i = 0; i < 100'000; ++i)
    actors.instance(i).send(Ask{});
  for (std::uint32_t i = 0; i < 100'000; ++i)
    ASSERT_EQ(actors.instance(i).receive<Count>(20s).value, i + 1);
  actors.terminate();
}

} // namespace
} // namespace ring::test
