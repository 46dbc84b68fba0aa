// C1 to C3 and C6: one actor, and what it answers.
#include "../../../actors/kernels/counter.cpp"
#include "../../../actors/kernels/echo.cpp"
#include "../../../actors/kernels/edges.cpp"
#include "../../../actors/kernels/ledger.cpp"
#include "../../../actors/kernels/monitor.cpp"
#include "actor_case.h"

#include <bit>

namespace ring::exec {
namespace {

using Words = std::vector<std::uint32_t>;

const HostModule kEcho{
    "echo", {host_actor(echo::repeat), host_actor(echo::add), host_actor(echo::add_vectors)}};

void add_echo(CaseList& list) {
  add_trace(list, "C1", kEcho, "text", kNone, [](ActorCase& c) {
    const auto echo = c.actor({.type = 1});
    const ::echo::Text hello{{'h', 'e', 'l', 'l', 'o', ',', ' ', 'w', 'o', 'r', 'l', 'd', '!'}, 13};
    const ::echo::Text empty{};
    c.send(echo, hello, 41);
    c.send(echo, empty, 42);
    c.run([=](const Words& words) {
      return compare_replies(words, echo, {reply(hello, 41), reply(empty, 42)});
    });
  });
  add_trace(list, "C1", kEcho, "sums", kNone, [](ActorCase& c) {
    const auto adder = c.actor({.type = 2});
    const ::echo::Pair pairs[] = {{1, 2}, {-5, 3}, {2147483647, 2147483647}, {-2147483647 - 1, -1}};
    std::vector<Reply> wanted;
    for (const ::echo::Pair& pair : pairs) {
      c.send(adder, pair);
      wanted.push_back(reply(::echo::Sum{std::int64_t{pair.a} + pair.b}));
    }
    c.run([=](const Words& words) { return compare_replies(words, adder, wanted); });
  });
  add_trace(list, "C1", kEcho, "vectors", kNone, [](ActorCase& c) {
    const auto adder = c.actor({.type = 3, .payload_words = 40});
    ::echo::Vectors in{};
    ::echo::Vector out{};
    for (int i = 0; i < 20; ++i) {
      in.a[i] = static_cast<float>(i) * 0.5f;
      in.b[i] = static_cast<float>(-3 * i);
      out.sum[i] = in.a[i] + in.b[i]; // exact
    }
    c.send(adder, in);
    c.run([=](const Words& words) { return compare_replies(words, adder, {reply(out)}); });
  });
  // A type that it does not know comes back with the reason, and the next one is answered.
  add_trace(list, "C1", kEcho, "unknown_type", kNone, [](ActorCase& c) {
    const auto adder = c.actor({.type = 2});
    const ::echo::Vector stray{};
    c.send(adder, stray, 9);
    c.send(adder, ::echo::Pair{1, 1}, 10);
    Reply dead = reply(stray, 9);
    dead.flags = abi::kIsDead | static_cast<std::uint32_t>(abi::Reason::unknown_type);
    c.run([=](const Words& words) {
      return compare_replies(words, adder, {dead, reply(::echo::Sum{2}, 10)});
    });
  });
}

const HostModule kCounter{"counter",
                          {host_actor<counter::Counter, counter::Add, counter::Ask, counter::Stop>(
                               [](counter::Counter& actor, ArgumentReader* reader, Memory&) {
                                 if (!reader) return;
                                 (*reader)(actor.first);
                                 (*reader)(actor.weights);
                               }),
                           host_actor<counter::Idler, counter::Ask>()}};

Words counter_arguments(std::uint32_t first) {
  const auto word = [](float value) { return std::bit_cast<std::uint32_t>(value); };
  return {first, word(9), word(2), word(9)};
}

void add_counter(CaseList& list) {
  add_trace(list, "C2", kCounter, "ten_increments", kNone, [](ActorCase& c) {
    const auto counter = c.actor({.type = 1, .arguments = counter_arguments(100)});
    for (std::uint32_t i = 1; i <= 10; ++i)
      c.send(counter, counter::Add{i});
    c.send(counter, counter::Ask{}, 1);
    c.run([=](const Words& words) {
      return compare_replies(words, counter, {reply(counter::Count{100 + 2 * 55, 1}, 1)});
    });
  });
  add_trace(list, "C2", kCounter, "two_states", kNone, [](ActorCase& c) {
    const auto a = c.actor({.type = 1, .state = 3, .arguments = counter_arguments(1)});
    const auto b = c.actor({.type = 1, .state = 31, .arguments = counter_arguments(2)});
    c.send(a, counter::Add{10});
    c.send(b, counter::Add{20});
    c.send(a, counter::Ask{});
    c.send(b, counter::Ask{});
    c.run([=](const Words& words) {
      const std::string wrong = compare_replies(words, a, {reply(counter::Count{21, 1})});
      return wrong.empty() ? compare_replies(words, b, {reply(counter::Count{42, 1})}) : wrong;
    });
  });
  // What is queued behind the stop becomes dead letters; on_stop comes last.
  add_trace(list, "C2", kCounter, "stops_itself", kNone, [](ActorCase& c) {
    const auto counter = c.actor({.type = 1, .arguments = counter_arguments(5)});
    c.send(counter, counter::Add{1});
    c.send(counter, counter::Stop{});
    c.send(counter, counter::Ask{}, 77);
    Reply dead = reply(counter::Ask{}, 77);
    dead.flags = abi::kIsDead | static_cast<std::uint32_t>(abi::Reason::terminated);
    c.run([=](const Words& words) {
      if (words[counter + abi::kPhase] != static_cast<std::uint32_t>(abi::Phase::terminated))
        return std::string("it has not ended");
      return compare_replies(words, counter, {dead, reply(counter::Goodbye{7})});
    });
  });
  add_trace(list, "C2", kCounter, "drains", kNone, [](ActorCase& c) {
    const auto counter = c.actor({.type = 1, .arguments = counter_arguments(5)});
    c.arena().command(counter, abi::Command::drain);
    c.send(counter, counter::Ask{}, 1);
    c.send(counter, counter::Ask{}, 2);
    c.run([=](const Words& words) {
      if (words[counter + abi::kPhase] != static_cast<std::uint32_t>(abi::Phase::terminated))
        return std::string("it has not ended");
      return compare_replies(words, counter,
                             {reply(counter::Count{5, 1}, 1), reply(counter::Count{5, 1}, 2),
                              reply(counter::Goodbye{5})});
    });
  });
  add_trace(list, "C2", kCounter, "bad_messages", kNone, [](ActorCase& c) {
    const auto counter = c.actor({.type = 1, .arguments = counter_arguments(5)});
    c.send(counter, counter::Ask{}, 1);
    c.send(counter, counter::Ask{}, 2);
    c.send(counter, counter::Ask{}, 3);
    Words& words = c.arena().words();
    const auto slot = [&](std::uint32_t position) {
      return words[counter + abi::kMailbox] + position * words[counter + abi::kMailboxWords];
    };
    words[slot(0) + abi::kFlags] = abi::kChecked; // with a checksum of 0, which is wrong
    words[slot(1) + abi::kDeadlineLow] = 1;       // long ago
    const auto dead = [](std::uint32_t correlation, abi::Reason reason) {
      Reply letter = reply(counter::Ask{}, correlation);
      letter.flags = abi::kIsDead | static_cast<std::uint32_t>(reason);
      return letter;
    };
    c.run([=](const Words& after) {
      return compare_replies(after, counter,
                             {dead(1, abi::Reason::bad_checksum), dead(2, abi::Reason::expired),
                              reply(counter::Count{5, 1}, 3)});
    });
  });
  add_trace(list, "C2", kCounter, "idles", kNone, [](ActorCase& c) {
    const auto idler = c.actor({.type = 2, .payload_words = 2});
    c.send(idler, counter::Ask{});
    c.run([=](const Words& words) {
      return compare_replies(words, idler, {reply(counter::Count{0, 1})});
    });
  });
}

const HostModule kLedger{"ledger",
                         {host_actor<ledger::Ledger, ledger::Deposit, ledger::Withdraw>()}};

void add_ledger(CaseList& list) {
  add_trace(list, "C3", kLedger, "two_types", kNone, [](ActorCase& c) {
    using namespace ledger;
    const auto account = c.actor({.type = 1});
    c.send(account, Deposit{7, 10.0f}, 1);
    c.send(account, Withdraw{7, 4.5f}, 2);
    c.send(account, Withdraw{8, 1.0f}, 3);
    c.send(account, Deposit{7, 0.25f}, 4);
    c.send(account, Withdraw{7, 5.75f}, 5);
    c.run([=](const Words& words) {
      return compare_replies(words, account,
                             {reply(Balance{7, 10.0f}, 1), reply(Balance{7, 5.5f}, 2),
                              reply(Refused{8}, 3), reply(Balance{7, 5.75f}, 4),
                              reply(Balance{7, 0.0f}, 5)});
    });
  });
}

const HostModule kMonitor{"monitor",
                          {host_actor<monitor::Monitor, monitor::Transaction>(
                              [](monitor::Monitor& actor, ArgumentReader* reader, Memory&) {
                                if (reader) (*reader)(actor.limit);
                              })}};

const HostModule kEdges{"edges", {host_actor<edges::Edges, edges::Edge>()}};

/// Its members only: padding travels as it is.
monitor::Transaction transaction(std::uint64_t id, std::uint64_t cents, const char* currency,
                                 std::uint16_t country, bool is_cash) {
  monitor::Transaction t;
  std::memset(&t, 0, sizeof t);
  t.id = id;
  t.money.cents = cents;
  std::memcpy(t.money.currency, currency, 3);
  t.country = country;
  t.is_cash = is_cash;
  return t;
}

void add_monitor(CaseList& list) {
  add_trace(list, "C6", kMonitor, "alerts", kNone, [](ActorCase& c) {
    using namespace monitor;
    constexpr std::uint64_t kLimit = 5'000'000'000;
    const auto monitor = c.actor({.type = 1,
                                  .arguments = {static_cast<std::uint32_t>(kLimit),
                                                static_cast<std::uint32_t>(kLimit >> 32)}});
    c.send(monitor, transaction(1, kLimit - 1, "EUR", 49, false));
    c.send(monitor, transaction(0x1234567890ABCDEF, kLimit, "EUR", 65535, false));
    c.send(monitor, transaction(3, kLimit + 7, "XBT", 1, false));
    c.send(monitor, transaction(4, ~0ULL, "USD", 1, true));
    c.send(monitor, transaction(5, 12, "USD", 1, false));
    struct Wanted {
      std::uint64_t id, cents;
      Level level;
      std::uint16_t country;
    };
    const std::vector<Wanted> wanted{{0x1234567890ABCDEF, kLimit, Level::middle, 65535},
                                     {3, kLimit + 7, Level::high, 1},
                                     {4, ~0ULL, Level::high, 1},
                                     {5, 12, Level::low, 1}};
    c.run(
        [=](const Words& words) -> std::string {
          const std::vector<Reply> got = replies_of(words, monitor);
          if (got.size() != wanted.size()) return std::to_string(got.size()) + " alerts";
          std::uint64_t logical = 0;
          for (std::size_t i = 0; i < got.size(); ++i) {
            const Alert alert = got[i].as<Alert>();
            if (alert.id != wanted[i].id || alert.cents != wanted[i].cents ||
                alert.level != wanted[i].level || alert.country != wanted[i].country)
              return "alert " + std::to_string(i) + " is wrong";
            if (alert.after_stamp != 1 || (i > 0 && alert.logical <= logical))
              return "the clock of alert " + std::to_string(i) + " is wrong";
            logical = alert.logical;
          }
          return {};
        },
        false);
  });
  add_trace(list, "C6", kEdges, "degrees", kF64, [](ActorCase& c) {
    using namespace edges;
    const auto graph = c.actor({.type = 1});
    std::vector<Reply> wanted;
    const Edge all[] = {{3, 4, 0.5}, {3, 5, 0.25}, {63, 3, 1e300}, {3, 3, 0.125}};
    c.send(graph, all[0]);
    c.send(graph, all[1]);
    c.send(graph, all[2]);
    c.send(graph, all[3]);
    wanted = {reply(Degree{3, 1, 0.5}), reply(Degree{3, 2, 0.75}), reply(Degree{63, 1, 1e300}),
              reply(Degree{3, 3, 0.875})};
    c.run([=](const Words& words) { return compare_replies(words, graph, wanted); });
  });
}

} // namespace

void add_actor_messages(CaseList& list) {
  add_echo(list);
  add_counter(list);
  add_ledger(list);
  add_monitor(list);
}

} // namespace ring::exec
