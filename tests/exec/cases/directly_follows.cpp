#include "inputs.h"
#include "lists.h"

namespace directly_follows {
#include "../kernels/directly_follows.cpp"
}

namespace ring::exec {
namespace {

using directly_follows::Event;

constexpr std::uint32_t kActivities = 9;

std::vector<Event> make_log(std::uint32_t n, std::uint64_t seed) {
  Random random(seed);
  std::vector<Event> log;
  std::uint32_t case_id = 0;
  std::uint64_t time = 1'700'000'000'000;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (random.below(6) == 0) ++case_id;
    time += random.below(std::uint64_t{1} << 34); // months in milliseconds: beyond 32 bits
    log.push_back({case_id, static_cast<std::uint16_t>(random.below(kActivities)),
                   static_cast<std::uint16_t>(random.bits()), time});
  }
  return log;
}

} // namespace

void add_directly_follows(CaseList& list) {
  const std::uint32_t edges = kActivities * kActivities;
  for (const std::uint32_t n : {0u, 1u, 2u, 1000u, 30000u}) {
    list.add("A7", "directly_follows", "counts_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto events = c.buffer("events", make_log(n, 17));
      const auto counts = c.buffer("counts", filled<std::uint32_t>(edges, 0));
      c.launch("count_edges", directly_follows::count_edges, {256}, {n}, events, counts,
               kActivities);
    });
    list.add("A7", "directly_follows", "times_" + std::to_string(n), kInt64Atomics,
             [=](CaseBuilder& c) {
               const auto events = c.buffer("events", make_log(n, 18));
               const auto counts = c.buffer("counts", filled<std::uint64_t>(edges, 0));
               const auto total = c.buffer("total", filled<std::uint64_t>(edges, 0));
               const auto shortest =
                   c.buffer("shortest", filled<std::uint64_t>(edges, ~std::uint64_t{0}));
               const auto longest = c.buffer("longest", filled<std::uint64_t>(edges, 0));
               c.launch("time_edges", directly_follows::time_edges, {256}, {n}, events, counts,
                        total, shortest, longest, kActivities);
             });
  }
  list.add("A7", "directly_follows", "known", kNone, [](CaseBuilder& c) {
    // Cases ABC, ABB, C on activities A = 0, B = 1, C = 2.
    const auto events = c.buffer<Event>("events", {{1, 0, 0, 1},
                                                   {1, 1, 0, 2},
                                                   {1, 2, 0, 3},
                                                   {2, 0, 0, 1},
                                                   {2, 1, 0, 2},
                                                   {2, 1, 0, 4},
                                                   {3, 2, 0, 9}});
    const auto counts = c.buffer("counts", filled<std::uint32_t>(9, 0));
    c.launch("count_edges", directly_follows::count_edges, {256}, {7}, events, counts, 3u);
    c.expect<std::uint32_t>(counts, {0, 2, 0, 0, 1, 1, 0, 0, 0});
  });
}

} // namespace ring::exec
