// Messages with priorities: from the host and from actors, where a ring is full, and at the end.
#include "../../../actors/kernels/priorities.cpp"
#include "actor_case.h"

#include <algorithm>

namespace ring::exec {
namespace {

using Words = std::vector<std::uint32_t>;
using Numbers = std::vector<std::uint32_t>;

template <class Actor> HostActor desk_like() {
  return host_actor<Actor, priorities::Job>([](Actor& actor, ArgumentReader* reader, Memory&) {
    if (reader) (*reader)(actor.out);
  });
}

const HostModule kPriorities{"priorities",
                             {desk_like<priorities::Desk>(), desk_like<priorities::Counter>(),
                              host_actor<priorities::Clerk, priorities::Post>(
                                  [](priorities::Clerk& actor, ArgumentReader* reader, Memory&) {
                                    if (reader) (*reader)(actor.next);
                                  }),
                              host_actor<priorities::Courier, priorities::Job>(
                                  [](priorities::Courier& actor, ArgumentReader* reader, Memory&) {
                                    if (reader) (*reader)(actor.next);
                                  })}};

/// Of the jobs here, each fifth above the highest.
std::uint32_t priority_of(std::uint32_t number) { return std::min(number % 5, 3U); }

std::vector<Reply> done(const Numbers& numbers) {
  std::vector<Reply> replies;
  for (const std::uint32_t number : numbers)
    replies.push_back(reply(priorities::Done{priority_of(number), number}));
  return replies;
}

Reply dead_job(std::uint32_t number, abi::Reason reason) {
  Reply dead = reply(priorities::Job{number});
  dead.flags = abi::kIsDead | static_cast<std::uint32_t>(reason) |
               protocol::flags_of(static_cast<ring::Priority>(priority_of(number)));
  return dead;
}

/// Fifteen jobs as an actor with priorities takes them.
const Numbers kByPriority = {3, 4, 8, 9, 13, 14, 2, 7, 12, 1, 6, 11, 0, 5, 10};
const Numbers kAsSent = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};

std::uint32_t add_desk(ActorCase& c, ActorSpec spec) {
  spec.type = 1;
  spec.traits = abi::kHasPriorities;
  spec.arguments = {abi::kHost};
  return c.actor(spec);
}

std::uint32_t add_clerk(ActorCase& c, std::uint32_t state, std::uint32_t to) {
  const std::uint32_t clerk = c.actor({.type = 3, .state = state, .arguments = {0}});
  c.arena().route(clerk, 0, to);
  return clerk;
}

void send_jobs(ActorCase& c, std::uint32_t to, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i)
    c.send(to, priorities::Job{i}, 0, static_cast<ring::Priority>(i % 5));
}

void add_order(CaseList& list) {
  add_trace(list, "C9", kPriorities, "first", kNone, [](ActorCase& c) {
    const auto of_host = add_desk(c, {.state = 0});
    const auto of_clerk = add_desk(c, {.state = 1});
    const auto plain = c.actor({.type = 2, .state = 0, .arguments = {abi::kHost}});
    send_jobs(c, of_host, 15);
    // Each sends all from one handler: what it sends is there before the first is taken.
    c.send(add_clerk(c, 0, of_clerk), priorities::Post{15});
    c.send(add_clerk(c, 1, plain), priorities::Post{15});
    c.run([=](const Words& words) {
      std::string wrong = compare_replies(words, of_host, done(kByPriority));
      if (wrong.empty()) wrong = compare_replies(words, of_clerk, done(kByPriority));
      if (wrong.empty() && words[of_clerk + abi::kMaxDepth] != 15)
        wrong = "the greatest depth is not that of all rings";
      return wrong.empty() ? compare_replies(words, plain, done(kAsSent)) : wrong;
    });
  });
  // Through an actor that has none, and that does not lose them.
  add_trace(list, "C9", kPriorities, "passed_on", kNone, [](ActorCase& c) {
    const auto desk = add_desk(c, {});
    const auto courier = c.actor({.type = 4, .arguments = {0}});
    c.arena().route(courier, 0, desk);
    c.send(add_clerk(c, 0, courier), priorities::Post{15});
    c.run([=](const Words& words) -> std::string {
      // The courier may have turns before or after the desk's.
      std::vector<priorities::Done> all;
      for (const Reply& each : replies_of(words, desk))
        all.push_back(each.as<priorities::Done>());
      std::ranges::sort(all, {}, &priorities::Done::number);
      if (all.size() != 15) return std::to_string(all.size()) + " were handled";
      for (const priorities::Done& each : all)
        if (each.priority != priority_of(each.number))
          return "job " + std::to_string(each.number) + " had the priority " +
                 std::to_string(each.priority);
      return {};
    });
  });
}

void add_full_rings(CaseList& list) {
  // Two of each fit, whatever the others hold.
  add_trace(list, "C9", kPriorities, "full_ring", kNone, [](ActorCase& c) {
    const auto desk = add_desk(c, {.mailbox = 2, .overflow = abi::Overflow::dead_letter});
    const auto clerk = add_clerk(c, 0, desk);
    c.send(clerk, priorities::Post{15});
    std::vector<Reply> dead;
    for (std::uint32_t number = 8; number < 15; ++number)
      dead.push_back(dead_job(number, abi::Reason::full));
    c.run([=](const Words& words) {
      const std::string wrong = compare_replies(words, desk, done({3, 4, 2, 7, 1, 6, 0, 5}));
      return wrong.empty() ? compare_replies(words, clerk, dead) : wrong;
    });
  });
  // The sender waits, and what it sent of one priority stays in order.
  add_trace(list, "C9", kPriorities, "waits_for_room", kNone, [](ActorCase& c) {
    const auto desk = add_desk(c, {.mailbox = 2});
    const auto clerk = add_clerk(c, 0, desk);
    c.send(clerk, priorities::Post{15});
    c.run([=](const Words& words) -> std::string {
      std::uint32_t next[abi::kPriorities] = {0, 1, 2, 3};
      for (const Reply& each : replies_of(words, desk)) {
        const auto [priority, number] = each.as<priorities::Done>();
        if (number != next[priority]) return "job " + std::to_string(number) + " is out of order";
        do
          ++next[priority];
        while (priority_of(next[priority]) != priority);
      }
      if (words[desk + abi::kProcessed] != 15) return "not all were handled";
      return words[clerk + abi::kDropped] == 0 ? "" : "some were lost";
    });
  });
}

void add_ends(CaseList& list) {
  // Commanded before it began, so that all is queued then.
  add_trace(list, "C9", kPriorities, "ends", kNone, [](ActorCase& c) {
    using abi::Command;
    const auto buries = add_desk(c, {.state = 0, .starts = false});
    const auto restarts = add_desk(c, {.state = 1, .starts = false});
    const auto drains = add_desk(c, {.state = 2});
    for (const auto desk : {buries, restarts, drains})
      send_jobs(c, desk, 15);
    for (const auto desk : {buries, restarts})
      c.arena().command(desk, Command::create);
    c.arena().command(buries, Command::terminate);
    c.arena().command(restarts, Command::restart);
    c.arena().command(drains, Command::drain);
    std::vector<Reply> dead;
    for (const std::uint32_t number : kByPriority)
      dead.push_back(dead_job(number, abi::Reason::terminated));
    c.run([=](const Words& words) {
      std::string wrong = compare_replies(words, buries, dead);
      if (wrong.empty()) wrong = compare_replies(words, restarts, done(kByPriority));
      return wrong.empty() ? compare_replies(words, drains, done(kByPriority)) : wrong;
    });
  });
}

} // namespace

void add_actor_priorities(CaseList& list) {
  add_order(list);
  add_full_rings(list);
  add_ends(list);
}

} // namespace ring::exec
