// Actors that several lanes run: a block or a warp with one message, and lanes with a message each.
#include "../../../actors/kernels/crowd.cpp"
#include "../../../actors/kernels/teams.cpp"
#include "actor_case.h"

namespace ring::exec {
namespace {

using Words = std::vector<std::uint32_t>;

const HostModule kTeams{
    "teams",
    {with_scope(ring::Scope::block, host_actor<teams::Adder, teams::Numbers, teams::Ask>(
                                        [](teams::Adder& actor, ArgumentReader* reader, Memory&) {
                                          if (reader) (*reader)(actor.bias);
                                        })),
     host_actor<teams::Clerk, teams::Ask>()},
    teams::kLanes};

void add_teams(CaseList& list) {
  using namespace teams;
  add_trace(list, "scopes", kTeams, "block_sums", kNone, [](ActorCase& c) {
    const auto adder = c.actor({.type = 1, .payload_words = 101, .arguments = {1000}});
    std::vector<Reply> wanted;
    for (std::uint32_t n : {0u, 1u, 63u, 64u, 65u, 100u}) {
      Numbers numbers{};
      numbers.count = n;
      std::uint32_t sum = 0;
      for (std::uint32_t i = 0; i < n; ++i)
        sum += numbers.values[i] = n * n + i;
      c.send(adder, numbers, n);
      const auto messages = static_cast<std::uint32_t>(wanted.size()) + 1;
      wanted.push_back(reply(Sum{1000 + sum, kLanes, messages}, n));
    }
    c.run([=](const Words& words) { return compare_replies(words, adder, wanted); });
  });
  // Loops and branches around barriers that depend on the message.
  add_trace(list, "scopes", kTeams, "block_uniform_flow", kNone, [](ActorCase& c) {
    const auto adder = c.actor({.type = 1, .payload_words = 101, .arguments = {0}});
    for (std::uint32_t tag : {0u, 1u, 2u, 9u, 64u, 65u})
      c.send(adder, Ask{tag});
    c.send(adder, Ask{500}); // leaves its loop early
    c.run([=](const Words& words) {
      return words[adder + abi::kProcessed] == 7 ? "" : "it did not handle seven messages";
    });
  });
  add_trace(list, "scopes", kTeams, "serial_beside_block", kNone, [](ActorCase& c) {
    const auto clerk = c.actor({.type = 2, .payload_words = 101});
    const auto adder = c.actor({.type = 1, .payload_words = 101, .arguments = {5}});
    c.send(clerk, Ask{10}, 1);
    c.send(adder, Numbers{2, {3, 4}}, 2);
    c.send(clerk, Ask{20}, 3);
    const Numbers stray{1, {9}};
    c.send(clerk, stray, 4);
    Reply dead = reply(stray, 4);
    dead.flags = abi::kIsDead | static_cast<std::uint32_t>(abi::Reason::unknown_type);
    c.run([=](const Words& words) {
      const std::string wrong =
          compare_replies(words, clerk, {reply(Sum{11, 1, 0}, 1), reply(Sum{22, 1, 0}, 3), dead});
      return wrong.empty() ? compare_replies(words, adder, {reply(Sum{12, kLanes, 1}, 2)}) : wrong;
    });
  });
  add_trace(list, "scopes", kTeams, "block_drains", kNone, [](ActorCase& c) {
    const auto adder = c.actor({.type = 1, .payload_words = 101, .arguments = {0}});
    c.send(adder, Numbers{1, {6}});
    c.send(adder, Sum{}); // of no type that it knows
    c.arena().command(adder, abi::Command::drain);
    Reply dead = reply(Sum{});
    dead.flags = abi::kIsDead | static_cast<std::uint32_t>(abi::Reason::unknown_type);
    c.run([=](const Words& words) {
      return compare_replies(words, adder, {reply(Sum{6, kLanes, 1}), dead, reply(Sum{1, 0, 0})});
    });
  });
}

const HostModule kCrowd{
    "crowd",
    {with_scope(ring::Scope::parallel,
                host_actor<crowd::Histogram, crowd::Sample>(
                    [](crowd::Histogram& actor, ArgumentReader* reader, Memory&) {
                      if (reader) (*reader)(actor.large);
                    })),
     host_actor<crowd::Collector, crowd::Bin, crowd::Report>(),
     with_scope(ring::Scope::warp, host_actor<crowd::Multiplier, crowd::Vectors>()),
     with_scope(ring::Scope::parallel,
                host_actor<crowd::Triage, crowd::Sample>(
                    [](crowd::Triage& actor, ArgumentReader* reader, Memory&) {
                      if (!reader) return;
                      (*reader)(actor.next);
                      (*reader)(actor.out);
                    }))},
    32};

void add_crowd(CaseList& list) {
  using namespace crowd;
  // More messages than lanes, some of no type that it knows, answers from some lanes only.
  add_trace(list, "scopes", kCrowd, "parallel_answers", kNone, [](ActorCase& c) {
    const auto histogram = c.actor({.type = 1,
                                    .mailbox = 128,
                                    .replies = 256,
                                    .outbox = 64,
                                    .arguments = {abi::kHost},
                                    .lanes = 32});
    std::vector<Reply> wanted;
    Counts counts{};
    for (std::uint32_t i = 0; i < 100; ++i) {
      if (i % 17 == 5) {
        c.send(histogram, Report{});
        Reply dead = reply(Report{});
        dead.flags = abi::kIsDead | static_cast<std::uint32_t>(abi::Reason::unknown_type);
        wanted.push_back(dead);
        continue;
      }
      const std::uint32_t value = i * i % 1500;
      c.send(histogram, Sample{value}, i + 1);
      ++counts.bins[value % kBins];
      if (value >= 1000) wanted.push_back(reply(Bin{value % kBins, value}));
      if (value % 2 == 0) wanted.push_back(reply(Bin{value % kBins, value}, i + 1));
    }
    c.arena().command(histogram, abi::Command::drain);
    wanted.push_back(reply(counts));
    c.run([=](const Words& words) { return compare_replies(words, histogram, wanted); });
  });
  // The lanes' messages to another actor, through an outbox that is smaller than a batch.
  add_trace(list, "scopes", kCrowd, "parallel_sends", kNone, [](ActorCase& c) {
    const auto histogram =
        c.actor({.type = 1, .mailbox = 64, .outbox = 8, .arguments = {abi::kHost}, .lanes = 32});
    const auto collector = c.actor({.type = 2, .mailbox = 4});
    c.arena().route(histogram, 0, collector);
    for (std::uint32_t i = 0; i < 60; ++i)
      c.send(histogram, Sample{2 * i + 1001}); // odd: no answer
    c.run([=](const Words& words) -> std::string {
      if (words[collector + abi::kProcessed] != 60)
        return "the collector got " + std::to_string(words[collector + abi::kProcessed]);
      return words[histogram + abi::kDropped] == 0 ? "" : "something was lost";
    });
  });
}

void add_priorities(CaseList& list) {
  using namespace crowd;
  const auto triage = [](ActorCase& c, std::uint32_t state) {
    return c.actor({.type = 4,
                    .state = state,
                    .mailbox = 64,
                    .replies = 256,
                    .outbox = 64,
                    .traits = abi::kHasPriorities,
                    .arguments = {abi::kNobody, abi::kHost},
                    .lanes = 32});
  };
  const auto by_priority = [](std::uint32_t count) {
    std::vector<Reply> wanted;
    for (const std::uint32_t priority : {3U, 2U, 1U, 0U})
      for (std::uint32_t i = priority; i < count; i += abi::kPriorities)
        wanted.push_back(reply(Bin{priority, i}));
    return wanted;
  };
  // More messages of each priority than lanes: no batch has two of them.
  add_trace(list, "scopes", kCrowd, "parallel_priorities", kNone, [=](ActorCase& c) {
    const auto actor = triage(c, 0);
    for (std::uint32_t i = 0; i < 200; ++i)
      c.send(actor, Sample{i}, 0, static_cast<ring::Priority>(i % abi::kPriorities));
    c.run([=](const Words& words) { return compare_replies(words, actor, by_priority(200)); });
  });
  // One of a type that it does not know, at the head of a ring and behind others.
  add_trace(list, "scopes", kCrowd, "parallel_refusals", kNone, [=](ActorCase& c) {
    const auto actor = triage(c, 0);
    const auto refused = [](ring::Priority priority) {
      Reply dead = reply(Report{});
      dead.flags = abi::kIsDead | static_cast<std::uint32_t>(abi::Reason::unknown_type) |
                   protocol::flags_of(priority);
      return dead;
    };
    c.send(actor, Sample{1});
    c.send(actor, Report{});
    c.send(actor, Sample{2});
    c.send(actor, Report{}, 0, ring::Priority::high);
    c.send(actor, Sample{3}, 0, ring::Priority::high);
    const std::vector<Reply> wanted{refused(ring::Priority::high), reply(Bin{2, 3}),
                                    reply(Bin{1, 1}), refused(ring::Priority::normal),
                                    reply(Bin{1, 2})};
    c.run([=](const Words& words) { return compare_replies(words, actor, wanted); });
  });
  // What the lanes of a batch send goes to the rings that they say.
  add_trace(list, "scopes", kCrowd, "lanes_send_priorities", kNone, [=](ActorCase& c) {
    const auto first = triage(c, 0), second = triage(c, 1);
    c.arena().route(first, 0, second);
    for (std::uint32_t i = 0; i < 30; ++i)
      c.send(first, Sample{1000 + i});
    c.run([=](const Words& words) { return compare_replies(words, second, by_priority(30)); });
  });
}

void add_warp(CaseList& list) {
  using namespace crowd;
  add_trace(list, "scopes", kCrowd, "warp_products", kNone, [](ActorCase& c) {
    const auto multiplier = c.actor({.type = 3, .payload_words = 192});
    std::vector<Reply> wanted;
    std::uint32_t total = 0;
    for (std::uint32_t n = 1; n <= 9; ++n) {
      Vectors vectors{};
      std::uint32_t value = 0;
      for (std::uint32_t i = 0; i < 96; ++i) {
        vectors.a[i] = i + n;
        vectors.b[i] = n * i;
        value += vectors.a[i] * vectors.b[i];
      }
      total += value;
      c.send(multiplier, vectors, n);
      wanted.push_back(reply(Dot{value, 32, total}, n));
    }
    c.run([=](const Words& words) { return compare_replies(words, multiplier, wanted); });
  });
}

} // namespace

void add_actor_groups(CaseList& list) {
  add_teams(list);
  add_crowd(list);
  add_priorities(list);
  add_warp(list);
}

} // namespace ring::exec
