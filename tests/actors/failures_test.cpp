// What goes wrong, and how it is said.
#include "fixture.h"

#include "counter.ring.h"
#include "echo.ring.h"
#include "numbers.ring.h"
#include "pipeline.ring.h"

#include "actors/actor_system.h"
#include "actors/record.h"

#include <ring/protocol/host.h>

#include <algorithm>
#include <array>
#include <thread>

namespace ring::actors {
namespace {

ACTOR_SUITE(Failures);

constexpr std::array<float, 3> kWeights{1, 1, 1};

/// Those that come within a while.
std::vector<DeadLetter> letters_of(RawActorHandle actor) {
  std::vector<DeadLetter> letters;
  for (int tries = 0; letters.empty() && tries < 5000; ++tries) {
    letters = actor.dead_letters();
    if (letters.empty()) std::this_thread::sleep_for(1ms);
  }
  return letters;
}

TEST_P(Failures, ATimeoutSaysSo) {
  auto sink = launch(numbers::Sink);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of([&] { sink.receive<numbers::Tally>(20ms); }), ErrorCode::timeout);
  EXPECT_GE(std::chrono::steady_clock::now() - start, 20ms);
  EXPECT_EQ(sink.try_receive<numbers::Tally>().error().code(), ErrorCode::timeout);
}

TEST_P(Failures, ACallThatIsNeverAnsweredEnds) {
  auto counter = launch(counter::Counter, {}, 0u, kWeights);
  auto call = counter.call<counter::Count>(counter::Add{1}); // Add has no answer
  EXPECT_EQ(code_of([&] { call.get(30ms); }), ErrorCode::timeout);
}

TEST_P(Failures, AFullMailboxUnderEachPolicy) {
  // Nobody takes the mirror's answers: 4 in the ring to the host, 2 in its outbox, 4 in its
  // mailbox.
  for (const Overflow overflow : {Overflow::wait, Overflow::reject, Overflow::dead_letter}) {
    auto mirror =
        launch(numbers::reflect, {.name = "mirror " + std::string(ring::name_of(overflow)),
                                  .mailbox = 4,
                                  .replies = 4,
                                  .outbox = 2,
                                  .overflow = overflow});
    std::uint32_t accepted = 0;
    Status last = Success{};
    for (std::uint32_t i = 0; i < 200; ++i) {
      last = mirror.try_send_for(numbers::Number{0, i}, overflow == Overflow::wait ? 30ms : 0ms);
      if (!last) break;
      ++accepted;
      if (overflow != Overflow::wait) std::this_thread::sleep_for(2ms);
    }
    if (overflow == Overflow::dead_letter) {
      EXPECT_TRUE(static_cast<bool>(last));
      EXPECT_EQ(accepted, 200u);
      const ActorMetrics metrics = mirror.metrics();
      EXPECT_GT(metrics.dead_letters, 150u);
      for (const DeadLetter& letter : mirror.dead_letters())
        EXPECT_EQ(letter.reason, Reason::full);
    } else {
      ASSERT_FALSE(static_cast<bool>(last));
      EXPECT_EQ(last.error().code(),
                overflow == Overflow::wait ? ErrorCode::timeout : ErrorCode::mailbox_full)
          << last.error().what();
      EXPECT_EQ(mirror.metrics().rejected, 1u);
      EXPECT_GE(accepted, 8u);
      EXPECT_LE(accepted, 11u);
      // Nothing of what was accepted is lost, and order is kept.
      for (std::uint32_t i = 0; i < accepted; ++i)
        ASSERT_EQ(mirror.receive<numbers::Number>(30s).number, i);
    }
  }
}

TEST_P(Failures, AMessageOfAnUnknownType) {
  auto echo = launch(::echo::add);
  const std::uint32_t stray = 4711;
  EXPECT_EQ(echo.try_send_raw(stray, {}).error().code(), ErrorCode::wrong_message);
}

TEST_P(Failures, APassedDeadline) {
  auto counter = launch(counter::Counter, {}, 0u, kWeights);
  counter.suspend();
  counter.resume();
  counter.send(counter::Ask{}, {.deadline = -1s});
  const auto letters = letters_of(counter);
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::expired);
  auto call = counter.call<counter::Count>(counter::Ask{}, {.deadline = -1s});
  std::string text;
  EXPECT_EQ(code_of([&] { call.get(30s); }, &text), ErrorCode::not_delivered);
  EXPECT_NE(text.find("expired"), std::string::npos) << text;
}

TEST_P(Failures, AGoodChecksumPasses) {
  auto counter = launch(counter::Counter, {}, 5u, kWeights);
  EXPECT_EQ(counter.call<counter::Count>(counter::Ask{}, {.checked = true}).get(30s).value, 5u);
}

/// Words of the actor and of its mailbox, where they lie. The arena is attached to this thread for
/// as long as this lives, and so is ring::protocol.
class Opened : public RawActorHandle {
public:
  explicit Opened(RawActorHandle actor)
      : RawActorHandle(std::move(actor)), attached_(record().system->words()) {}

  /// Where its payload is if there is a message at that place behind the head; else 0.
  std::uint32_t payload(std::uint32_t place) const {
    const std::uint32_t head = protocol::observe(address() + abi::kHead);
    const std::uint32_t slot = protocol::peek(protocol::mailbox_of(address(), 0), head + place);
    return slot == 0 ? 0 : slot + abi::kPayload;
  }

private:
  protocol::Attached attached_;
};

// As if memory or a link had changed a bit of a message on its way.
TEST_P(Failures, ACorruptedPayload) {
  // Nobody takes the mirror's answers, so it stops with its mailbox full: what is queued lies
  // still.
  auto mirror = launch(numbers::reflect,
                       {.mailbox = 4, .replies = 4, .outbox = 2, .overflow = Overflow::reject});
  std::uint32_t sent = 0;
  for (int refused = 0; refused < 20;) {
    if (mirror.try_send(numbers::Number{0, sent}, {.checked = true})) {
      ++sent;
      refused = 0;
    } else {
      ++refused;
      std::this_thread::sleep_for(2ms);
    }
  }
  ASSERT_GE(sent, 8u);
  {
    const Opened opened(mirror);
    const std::uint32_t at = opened.payload(2); // of the four that are queued
    ASSERT_NE(at, 0u);
    EXPECT_EQ(protocol::words[at + 1], sent - 2);
    protocol::words[at + 1] ^= 1U << 30;
  }
  for (std::uint32_t i = 0; i < sent; ++i)
    if (i != sent - 2) ASSERT_EQ(mirror.receive<numbers::Number>(30s).number, i);
  const auto letters = letters_of(mirror);
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::bad_checksum);
  EXPECT_EQ(letters[0].header.message_type, MessageType<numbers::Number>::id);
  const ActorMetrics metrics = settled(mirror);
  EXPECT_EQ(metrics.dead_letters, 1u);
  EXPECT_EQ(metrics.telemetry.processed, sent - 1);
  EXPECT_EQ(metrics.dequeued, sent);
  EXPECT_FALSE(mirror.try_receive<numbers::Number>()) << "a corrupted message has no answer";
}

TEST_P(Failures, ARouteToAnUnknownName) {
  std::string text;
  EXPECT_EQ(code_of([&] { launch(numbers::Source, {.routes = {{"next", "nobody"}}}); }, &text),
            ErrorCode::unknown_actor);
  EXPECT_NE(text.find("nobody"), std::string::npos) << text;
  EXPECT_EQ(code_of([&] { launch(numbers::Source, {.routes = {{"nowhere", "host"}}}); }),
            ErrorCode::invalid_argument);
  EXPECT_TRUE(runtime().list().empty());
}

TEST_P(Failures, ARouteToAnActorThatDoesNotTakeTheMessage) {
  auto other = launch(numbers::Source, {.name = "other"});
  std::string text;
  EXPECT_EQ(code_of([&] { launch(numbers::Source, {.routes = {{"next", "other"}}}); }, &text),
            ErrorCode::wrong_message);
  EXPECT_NE(text.find("Number"), std::string::npos) << text;
}

TEST_P(Failures, ARouteThatWasNotBound) {
  auto source = launch(numbers::Source);
  source.send(numbers::Burst{1, 2, 1});
  const auto letters = letters_of(source);
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::no_route);
}

TEST_P(Failures, AReceiverThatHasEnded) {
  auto sink = launch(numbers::Sink);
  auto source = launch(numbers::Source, {.routes = {{"next", "sink"}}});
  sink.terminate();
  source.send(numbers::Burst{1, 2, 1});
  const auto letters = letters_of(source);
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].reason, Reason::closed);
}

TEST_P(Failures, ATooSmallArena) {
  Runtime rt = new_runtime(64 * 1024);
  std::string text;
  EXPECT_EQ(code_of(
                [&] {
                  for (int i = 0; i < 1000; ++i)
                    rt.launch(::echo::add, options({.name = std::to_string(i), .mailbox = 256}));
                },
                &text),
            ErrorCode::out_of_memory);
  EXPECT_NE(text.find("actor_memory"), std::string::npos) << text;
}

// Mesa's llvmpipe leaves the loops of a kernel, wherever it is, once they have turned 65,535 times
// in all. The persistent schedule does not come near that, but for a handler that does.
TEST_P(Failures, AHandlerThatADriverEnds) {
  if (!is_on("lavapipe") || GetParam().schedule != Schedule::persistent)
    GTEST_SKIP() << "only Mesa's llvmpipe ends loops, and only a kernel that goes on can tell";
  Runtime rt = new_runtime();
  auto sink = rt.launch(numbers::Sink, options());
  auto source = rt.launch(numbers::Source, options());
  source.send(numbers::Burst{1, 2, 70'000});
  std::string text;
  const auto ask = [&] {
    for (int i = 0; i < 1000; ++i) // some may be answered before the burst begins
      sink.call<numbers::Tally>(numbers::Ask{}).get(30s);
  };
  EXPECT_EQ(code_of(ask, &text), ErrorCode::launch_failed);
  for (const char* part : {"'numbers_persistent'", "llvmpipe", "65535", "handlers shorter"})
    EXPECT_NE(text.find(part), std::string::npos) << part << " is not in: " << text;

  auto echo = rt.launch(::echo::add, options());
  echo.send(::echo::Pair{1, 2});
  EXPECT_EQ(echo.receive<::echo::Sum>(30s).value, 3) << "others are as they were";
}

// A software driver's kernels that run on take a processor each: left to choose, it is bounded.
TEST_P(Failures, AutomaticIsBoundedOnVulkan) {
  if (!is_on("lavapipe") && !is_on("swiftshader")) GTEST_SKIP() << "for Vulkan";
  EXPECT_EQ(runtime().launch(::echo::add).schedule(), Schedule::bounded);
}

// Refused with the numbers, and nothing stays behind: the next launch finds all its room.
TEST_P(Failures, ALaunchThatIsTooLargeForTheDevice) {
  Runtime rt = new_runtime(std::size_t{2} << 20);
  const auto refusal = [&](LaunchOptions wanted) {
    std::string text;
    const ErrorCode code = code_of(
        [&] { rt.launch(counter::Counter, options(std::move(wanted)), 0u, kWeights); }, &text);
    EXPECT_TRUE(rt.list().empty());
    return std::pair(code, text);
  };
  const auto says = [](const std::pair<ErrorCode, std::string>& refused, ErrorCode code,
                       const std::vector<std::string>& parts) {
    EXPECT_EQ(refused.first, code) << refused.second;
    for (const std::string& part : parts)
      EXPECT_NE(refused.second.find(part), std::string::npos)
          << part << " is not in: " << refused.second;
  };
  constexpr std::uint32_t kMost = 1U << 20;
  says(refusal({.instances = kMost + 1}), ErrorCode::invalid_argument,
       {std::to_string(kMost + 1) + " instances", "1 to " + std::to_string(kMost)});
  says(refusal({.instances = kMost, .mailbox = kMost}), ErrorCode::out_of_memory,
       {"bytes", "2^34", "smaller mailboxes"});
  if (is_on("lavapipe") || is_on("swiftshader")) // as much can be addressed, but not be seen
    says(refusal({.instances = 64, .mailbox = kMost}), ErrorCode::out_of_memory,
         {"device", "bytes", "of one buffer", "smaller mailboxes"});

  // The arena is there from now on.
  const auto fits = [&] {
    auto counters = rt.launch(counter::Counter, options({.instances = 30}), 7u, kWeights);
    EXPECT_EQ(counters.instance(29).call<counter::Count>(counter::Ask{}).get(30s).value, 7u);
    counters.terminate();
  };
  fits();
  EXPECT_TRUE(rt.list().empty());
  for (int i = 0; i < 10; ++i) {
    const auto refused = refusal({.instances = 4000});
    ASSERT_EQ(refused.first, ErrorCode::out_of_memory) << refused.second;
    EXPECT_NE(refused.second.find("actor_memory"), std::string::npos) << refused.second;
  }
  fits();
}

// A software device's persistent kernels take a processor each, and one is left for all else.
TEST_P(Failures, APersistentKernelThatFindsNoLane) {
  if ((!is_on("lavapipe") && !is_on("swiftshader")) || GetParam().schedule != Schedule::persistent)
    GTEST_SKIP() << "only persistent kernels of Vulkan have lanes";
  const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  const unsigned room = std::max(1U, processors - 1);
  Runtime rt = new_runtime();
  // Actors of different budgets have a kernel each.
  const auto launch_one = [&](std::uint32_t i, Schedule schedule) {
    return rt.launch(
        counter::Counter,
        {.name = "counter " + std::to_string(i), .schedule = schedule, .budget = 1 + i}, i,
        kWeights);
  };
  const auto count_of = [](auto& counter) {
    return counter.template call<counter::Count>(counter::Ask{}).get(30s).value;
  };
  std::vector<decltype(launch_one(0, Schedule::persistent))> counters;
  for (std::uint32_t i = 0; i < room; ++i)
    counters.push_back(launch_one(i, Schedule::persistent));
  std::string text;
  EXPECT_EQ(code_of([&] { launch_one(room, Schedule::persistent); }, &text),
            ErrorCode::unsupported);
  const std::string processors_text = std::to_string(processors) + " processors";
  const std::string room_text = "runs " + std::to_string(room) + " persistent";
  for (const std::string& part :
       {std::string("kernel 'counter_persistent'"), processors_text, room_text,
        std::string("and 'counter_persistent'"), std::string("Schedule::bounded")})
    EXPECT_NE(text.find(part), std::string::npos) << part << " is not in: " << text;
  auto bounded = launch_one(room, Schedule::bounded);
  EXPECT_EQ(count_of(bounded), room) << "for which there is a processor";
  for (std::uint32_t i = 0; i < room; ++i)
    EXPECT_EQ(count_of(counters[i]), i) << "the others are as they were";

  counters.back().terminate();
  counters.pop_back();
  rt.list(); // forgets who has ended
  auto another = launch_one(room + 1, Schedule::persistent);
  EXPECT_EQ(count_of(another), room + 1);
}

TEST_P(Failures, AMailboxOfNothing) {
  EXPECT_EQ(code_of([&] { launch(::echo::add, {.mailbox = 0}); }), ErrorCode::invalid_argument);
}

TEST_P(Failures, ALayoutThatDiffers) {
  // As if the host had been compiled from another version of the handlers.
  Runtime rt = new_runtime();
  ModuleImage other = *::echo::add.module;
  other.layout_hash ^= 1;
  other.id = 77;
  std::string text;
  const RawLaunch launch{.module = &other, .actor = ::echo::add.actor, .options = options()};
  const auto handles = rt.try_launch_raw({&launch, 1});
  ASSERT_FALSE(static_cast<bool>(handles));
  EXPECT_EQ(handles.error().code(), ErrorCode::layout_mismatch) << handles.error().what();
}

} // namespace
} // namespace ring::actors
