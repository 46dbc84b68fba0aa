// C4, C5, C8 and C9: actors that send to each other, without the host on the way.
#include "../../../actors/kernels/halo_tiles.cpp"
#include "../../../actors/kernels/numbers.cpp"
#include "../../../actors/kernels/ping_pong.cpp"
#include "../../../actors/kernels/pipeline.cpp"
#include "../../../actors/kernels/undelivered.cpp"
#include "actor_case.h"

#include <bit>
#include <cmath>
#include <utility>

namespace ring::exec {
namespace {

using Words = std::vector<std::uint32_t>;

const HostModule kPingPong{"ping_pong",
                           {host_actor<ping_pong::Ping, ping_pong::Play, ping_pong::Ball>(
                                [](ping_pong::Ping& actor, ArgumentReader* reader, Memory&) {
                                  if (!reader) return;
                                  (*reader)(actor.pong);
                                  (*reader)(actor.out);
                                }),
                            host_actor<ping_pong::Pong, ping_pong::Ball>()}};

void add_ping_pong(CaseList& list) {
  add_trace(list, "C4", kPingPong, "rounds", kNone, [](ActorCase& c) {
    constexpr std::uint32_t kRounds = 20;
    const auto ping = c.actor({.type = 1, .mailbox = 4, .arguments = {0, abi::kHost}});
    const auto pong = c.actor({.type = 2, .mailbox = 4});
    c.arena().route(ping, 0, pong);
    c.send(ping, ping_pong::Play{kRounds});
    c.run([=](const Words& words) {
      return compare_replies(words, ping, {reply(ping_pong::Done{kRounds, 0})});
    });
  });
}

const HostModule kPipeline{"pipeline",
                           {host_actor<pipeline::Ingest, pipeline::Event, pipeline::Flush>(
                                [](pipeline::Ingest& actor, ArgumentReader* reader, Memory&) {
                                  if (reader) (*reader)(actor.next);
                                }),
                            host_actor<pipeline::Filter, pipeline::Event, pipeline::Flush>(
                                [](pipeline::Filter& actor, ArgumentReader* reader, Memory&) {
                                  if (!reader) return;
                                  (*reader)(actor.next);
                                  (*reader)(actor.smallest);
                                }),
                            host_actor<pipeline::Aggregate, pipeline::Event, pipeline::Flush>(
                                [](pipeline::Aggregate& actor, ArgumentReader* reader, Memory&) {
                                  if (reader) (*reader)(actor.next);
                                }),
                            host_actor<pipeline::Alerts, pipeline::Total>(
                                [](pipeline::Alerts& actor, ArgumentReader* reader, Memory&) {
                                  if (reader) (*reader)(actor.out);
                                })}};

void add_pipeline(CaseList& list) {
  add_trace(list, "C5", kPipeline, "exactly_once", kNone, [](ActorCase& c) {
    using namespace pipeline;
    constexpr std::uint32_t kEvents = 60;
    constexpr std::uint64_t kSmallest = 1ULL << 33;
    const auto ingest = c.actor({.type = 1, .mailbox = 64, .arguments = {0}});
    const auto filter = c.actor({.type = 2,
                                 .mailbox = 8,
                                 .arguments = {0, 0, static_cast<std::uint32_t>(kSmallest >> 32)}});
    const auto aggregate = c.actor({.type = 3, .mailbox = 4, .arguments = {0}});
    const auto alerts = c.actor({.type = 4, .mailbox = 2, .arguments = {abi::kHost}});
    c.arena().route(ingest, 0, filter);
    c.arena().route(filter, 0, aggregate);
    c.arena().route(aggregate, 0, alerts);
    Total totals[kKeys] = {};
    for (std::uint32_t i = 0; i < kEvents; ++i) {
      const Event event{i, i * 7 % 11, (std::uint64_t{i} << 29) + i};
      c.send(ingest, event);
      if (event.amount < kSmallest) continue;
      ++totals[event.key % kKeys].events;
      totals[event.key % kKeys].amount += event.amount;
    }
    c.send(ingest, Flush{}, 5);
    std::vector<Reply> wanted;
    for (std::uint32_t key = 0; key < kKeys; ++key)
      wanted.push_back(reply(Alert{key, totals[key].events, totals[key].amount, key}));
    c.run([=](const Words& words) {
      const std::string wrong = compare_replies(words, ingest, {reply(Seen{kEvents, 0}, 5)});
      return wrong.empty() ? compare_replies(words, alerts, wanted) : wrong;
    });
  });
}

const HostModule kTiles{
    "halo_tiles",
    {host_actor<halo_tiles::Tile, halo_tiles::Pulse, halo_tiles::Run, halo_tiles::Halo>(
        [](halo_tiles::Tile& actor, ArgumentReader* reader, Memory&) {
          if (!reader) return;
          (*reader)(actor.west);
          (*reader)(actor.east);
          (*reader)(actor.north);
          (*reader)(actor.south);
          (*reader)(actor.out);
          (*reader)(actor.number);
          (*reader)(actor.neighbours);
          (*reader)(actor.c2);
        })}};

/// The same wave on one grid of 16 by 16 cells.
std::vector<float> whole_wave(std::uint32_t steps, float c2) {
  constexpr int kSide = 2 * halo_tiles::kSize;
  std::vector<float> now(kSide * kSide), before, next(now.size());
  now[5 * kSide + 6] = 1.0f;
  before = now;
  const auto index = [](int x, int y) {
    return static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x);
  };
  const auto at = [&](int x, int y) {
    return x < 0 || y < 0 || x >= kSide || y >= kSide ? 0.0f : now[index(x, y)];
  };
  for (std::uint32_t step = 0; step < steps; ++step) {
    for (int y = 0; y < kSide; ++y) {
      for (int x = 0; x < kSide; ++x) {
        const float laplacian =
            at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4.0f * at(x, y);
        const std::size_t cell = index(x, y);
        next[cell] = 2.0f * now[cell] - before[cell] + c2 * laplacian;
      }
    }
    before = std::exchange(now, next);
  }
  return now;
}

void add_tiles(CaseList& list) {
  add_trace(list, "C8", kTiles, "wave", kNone, [](ActorCase& c) {
    using namespace halo_tiles;
    constexpr std::uint32_t kSteps = 12;
    constexpr float kC2 = 0.25f; // a power of two: every product is exact
    std::vector<std::uint32_t> tiles;
    for (std::uint32_t tile = 0; tile < 4; ++tile) {
      const bool is_east = tile % 2 == 1, is_south = tile / 2 == 1;
      const std::uint32_t neighbours = (is_east ? 1U : 2U) | (is_south ? 4U : 8U);
      tiles.push_back(c.actor({.type = 1,
                               .state = tile,
                               .payload_words = 66,
                               .arguments = {1, 1, 1, 1, abi::kHost, tile, neighbours,
                                             std::bit_cast<std::uint32_t>(kC2)}}));
    }
    for (std::uint32_t tile = 0; tile < 4; ++tile) {
      c.arena().route(tiles[tile], tile % 2 == 1 ? 0 : 1, tiles[tile ^ 1]);
      c.arena().route(tiles[tile], tile / 2 == 1 ? 2 : 3, tiles[tile ^ 2]);
    }
    c.send(tiles[0], Pulse{6, 5, 1.0f});
    for (const std::uint32_t tile : tiles)
      c.send(tile, Run{kSteps});
    c.run(
        [=](const Words& words) -> std::string {
          const std::vector<float> wanted = whole_wave(kSteps, kC2);
          for (std::uint32_t tile = 0; tile < 4; ++tile) {
            const std::vector<Reply> got = replies_of(words, tiles[tile]);
            if (got.size() != 1) return std::to_string(got.size()) + " answers of a tile";
            const Cells cells = got[0].as<Cells>();
            if (cells.tile != tile || cells.steps != kSteps) return "a tile answers for another";
            for (std::uint32_t i = 0; i < kSize * kSize; ++i) {
              const std::uint32_t x = tile % 2 * kSize + i % kSize,
                                  y = tile / 2 * kSize + i / kSize;
              if (std::abs(cells.cells[i] - wanted[y * 2 * kSize + x]) > 1e-6f)
                return "cell " + std::to_string(i) + " of tile " + std::to_string(tile) +
                       " is wrong";
            }
          }
          return {};
        },
        false);
  });
}

const HostModule kNumbers{
    "numbers",
    {host_actor<numbers::Source, numbers::Burst>(
         [](numbers::Source& actor, ArgumentReader* reader, Memory&) {
           if (reader) (*reader)(actor.next);
         }),
     host_actor<numbers::Sink, numbers::Number, numbers::Ask>(), host_actor(numbers::reflect),
     host_actor<numbers::Asker, numbers::Go, numbers::Question, numbers::Answer>(
         [](numbers::Asker& actor, ArgumentReader* reader, Memory&) {
           if (!reader) return;
           (*reader)(actor.other);
           (*reader)(actor.out);
         }),
     host_actor<numbers::Passer, numbers::Number>(
         [](numbers::Passer& actor, ArgumentReader* reader, Memory&) {
           if (reader) (*reader)(actor.next);
         })}};

void add_numbers(CaseList& list) {
  using namespace numbers;
  // A sender that is faster than its receiver, whose mailbox takes 4: nothing is lost, and order is
  // kept.
  add_trace(list, "C9", kNumbers, "slow_receiver", kNone, [](ActorCase& c) {
    const auto source = c.actor({.type = 1, .mailbox = 8, .outbox = 16, .arguments = {0}});
    const auto sink = c.actor({.type = 2, .mailbox = 4});
    c.arena().route(source, 0, sink);
    for (std::uint32_t burst = 0; burst < 6; ++burst)
      c.send(source, Burst{1, burst * 8, 8});
    c.run([=](const Words& words) -> std::string {
      if (words[sink + abi::kProcessed] != 48) return "not all were handled";
      if (words[sink + abi::kMaxDepth] != 4) return "the mailbox was never full";
      if (words[source + abi::kDropped] != 0 || words[source + abi::kDead] != 0)
        return "some were lost";
      return words[source + abi::kSent] == 48 ? "" : "the source counts wrong";
    });
  });
  add_trace(list, "C9", kNumbers, "dead_letters", kNone, [](ActorCase& c) {
    const auto source = c.actor({.type = 1, .arguments = {0}});
    const auto sink = c.actor({.type = 2, .mailbox = 4, .overflow = abi::Overflow::dead_letter});
    c.arena().route(source, 0, sink);
    c.send(source, Burst{2, 0, 10});
    c.run([=](const Words& words) -> std::string {
      // Four fit; the sink had no turn before the source was done, for they run in this order.
      if (words[sink + abi::kProcessed] != 4) return "not four were handled";
      std::vector<Reply> wanted;
      for (std::uint32_t i = 4; i < 10; ++i) {
        wanted.push_back(reply(Number{2, i}));
        wanted.back().flags = abi::kIsDead | static_cast<std::uint32_t>(abi::Reason::full);
      }
      return compare_replies(words, source, wanted);
    });
  });
  // More than the outbox holds in one event is lost, counted and reported.
  add_trace(list, "C9", kNumbers, "outbox_full", kNone, [](ActorCase& c) {
    const auto source = c.actor({.type = 1, .outbox = 4, .arguments = {0}});
    const auto sink = c.actor({.type = 2, .mailbox = 4});
    c.arena().route(source, 0, sink);
    c.send(source, Burst{0, 0, 11});
    c.run([=](const Words& words) -> std::string {
      if (words[sink + abi::kProcessed] != 8) return "not eight were handled";
      if (words[source + abi::kDropped] != 3) return "not three were counted as lost";
      const auto error = static_cast<abi::ActorError>(words[source + abi::kLastError]);
      return error == abi::ActorError::outbox_full ? "" : "nothing was reported";
    });
  });
  // The host takes nothing: the mirror stops at what its rings hold, and says for whom it waits.
  add_trace(list, "C9", kNumbers, "host_takes_nothing", kNone, [](ActorCase& c) {
    const auto mirror = c.actor({.type = 3, .mailbox = 16, .replies = 4, .outbox = 4});
    for (std::uint32_t i = 0; i < 16; ++i)
      c.send(mirror, Number{0, i});
    c.run([=](const Words& words) -> std::string {
      if (words[mirror + abi::kProcessed] != 7) // 4, and 3 in an outbox that is then over half full
        return "it handled " + std::to_string(words[mirror + abi::kProcessed]);
      return words[mirror + abi::kWaitsFor] == mirror ? "" : "it does not say for whom it waits";
    });
  });
  add_trace(list, "C9", kNumbers, "two_askers", kNone, [](ActorCase& c) {
    constexpr std::uint32_t kQuestions = 15;
    const auto a = c.actor({.type = 4, .state = 0, .mailbox = 1, .arguments = {0, abi::kHost}});
    const auto b = c.actor({.type = 4, .state = 1, .mailbox = 1, .arguments = {0, abi::kHost}});
    c.arena().route(a, 0, b);
    c.arena().route(b, 0, a);
    c.send(a, Go{kQuestions});
    c.send(b, Go{kQuestions});
    c.run([=](const Words& words) {
      const std::vector<Reply> wanted{reply(Finished{kQuestions})};
      const std::string wrong = compare_replies(words, a, wanted);
      return wrong.empty() ? compare_replies(words, b, wanted) : wrong;
    });
  });
  // Passed on for ever but for the hops.
  add_trace(list, "C9", kNumbers, "hops", kNone, [](ActorCase& c) {
    const auto a = c.actor({.type = 5, .state = 0, .arguments = {0}});
    const auto b = c.actor({.type = 5, .state = 1, .arguments = {0}});
    c.arena().route(a, 0, b);
    c.arena().route(b, 0, a);
    c.send(a, Number{1, 2}, 3);
    Reply dead = reply(Number{1, 2}, 3);
    dead.flags = abi::kIsDead | static_cast<std::uint32_t>(abi::Reason::hops_exceeded) |
                 (abi::kMaxHops + 1) << abi::kHopShift;
    c.run([=](const Words& words) { return compare_replies(words, a, {dead}); });
  });
  add_trace(list, "C9", kNumbers, "no_route", kNone, [](ActorCase& c) {
    const auto source = c.actor({.type = 1, .arguments = {abi::kNobody}});
    c.send(source, Burst{2, 7, 1});
    Reply dead = reply(Number{2, 7});
    dead.flags = abi::kIsDead | static_cast<std::uint32_t>(abi::Reason::no_route);
    c.run([=](const Words& words) { return compare_replies(words, source, {dead}); });
  });
}

const HostModule kUndelivered{
    "undelivered",
    {host_actor<undelivered::Customer, undelivered::Buy, ring::Undelivered>(
         [](undelivered::Customer& actor, ArgumentReader* reader, Memory&) {
           if (!reader) return;
           (*reader)(actor.shop);
           (*reader)(actor.out);
         }),
     host_actor<undelivered::Shop, undelivered::Order, ring::Undelivered>(
         [](undelivered::Shop& actor, ArgumentReader* reader, Memory&) {
           if (reader) (*reader)(actor.out);
         }),
     host_actor<undelivered::Agent, undelivered::Order>(
         [](undelivered::Agent& actor, ArgumentReader* reader, Memory&) {
           if (reader) (*reader)(actor.next);
         })}};

void add_undelivered(CaseList& list) {
  using namespace undelivered;
  using ring::abi::Reason;
  // What an actor that asks for it is told of its messages, instead of a dead letter at the host.
  add_trace(list, "C9", kUndelivered, "undelivered", kNone, [](ActorCase& c) {
    const auto customer = [&](std::uint32_t state, std::uint32_t traits = abi::kHearsUndelivered) {
      return c.actor(
          {.type = 1, .state = state, .traits = traits, .arguments = {abi::kNobody, abi::kHost}});
    };
    const auto lost = customer(0), asker = customer(1), crowd = customer(2), far = customer(3),
               deaf = customer(4, 0);
    const auto shop =
        c.actor({.type = 2, .traits = abi::kHearsUndelivered, .arguments = {abi::kHost}});
    const auto small = c.actor({.type = 2,
                                .state = 1,
                                .mailbox = 2,
                                .overflow = abi::Overflow::reject,
                                .traits = abi::kHearsUndelivered,
                                .arguments = {abi::kHost}});
    const auto a = c.actor({.type = 3, .state = 0, .arguments = {0}});
    const auto b = c.actor({.type = 3, .state = 1, .arguments = {0}});
    c.arena().route(asker, 0, shop);
    c.arena().route(crowd, 0, small);
    c.arena().route(far, 0, a);
    c.arena().route(a, 0, b);
    c.arena().route(b, 0, a);
    c.send(lost, Buy{0, 2});   // along an unbound route
    c.send(asker, Buy{10, 2}); // the customer knows no invoices
    c.send(crowd, Buy{20, 5}); // two fit
    c.send(far, Buy{30, 1});   // passed on too often
    c.send(deaf, Buy{40, 1});
    const auto failed = [](What what, Reason reason, bool went_to_shop) {
      Reply told = reply(Failed{what, reason, 0, went_to_shop ? 1U : 0U});
      told.flags = abi::kQuiet;
      return told;
    };
    Reply letter = reply(Order{40});
    letter.flags = abi::kIsDead | static_cast<std::uint32_t>(Reason::no_route);
    const auto no_route = failed(What::order, Reason::no_route, true);
    const auto full = failed(What::order, Reason::full, true);
    const auto unknown = failed(What::invoice, Reason::unknown_type, false);
    c.run([=](const Words& words) {
      const std::pair<std::uint32_t, std::vector<Reply>> all[] = {
          {lost, {no_route, no_route}},
          {asker, {}},
          {shop, {unknown, unknown}},
          {crowd, {full, full, full}},
          {small, {unknown, unknown}},
          {far, {failed(What::order, Reason::hops_exceeded, false)}},
          {deaf, {letter}}};
      std::string wrong;
      for (std::size_t i = 0; wrong.empty() && i < std::size(all); ++i) {
        wrong = compare_replies(words, all[i].first, all[i].second);
        if (!wrong.empty()) wrong = "actor " + std::to_string(i) + ": " + wrong;
      }
      return wrong;
    });
  });
}

} // namespace

void add_actor_routes(CaseList& list) {
  add_ping_pong(list);
  add_pipeline(list);
  add_tiles(list);
  add_numbers(list);
  add_undelivered(list);
}

} // namespace ring::exec
