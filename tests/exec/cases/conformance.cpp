#include "inputs.h"
#include "lists.h"

namespace conformance {
#include "../kernels/conformance.cpp"
}

namespace ring::exec {
namespace {

using conformance::Fit;
using conformance::kSilent;
using conformance::Transition;

/// register → check (twice at most, through a silent step) → decide → pay | reject
const std::vector<Transition> kModel = {{0, 1, 1}, {1, 2, 2}, {2, kSilent, 3}, {2, 2, 3},
                                        {3, 3, 4}, {4, 4, 5}, {4, 5, 6},       {6, kSilent, 0}};

struct Log {
  std::vector<std::uint16_t> events;
  std::vector<std::uint32_t> offsets = {0};
};

Log make_log(std::uint32_t traces, std::uint64_t seed) {
  Random random(seed);
  Log log;
  for (std::uint32_t t = 0; t < traces; ++t) {
    const std::uint64_t length = random.below(24);
    for (std::uint64_t i = 0; i < length; ++i) {
      const std::uint64_t roll = random.below(10);
      log.events.push_back(roll == 0 ? kSilent
                                     : static_cast<std::uint16_t>(1 + (i + roll / 8) % 5));
    }
    log.offsets.push_back(static_cast<std::uint32_t>(log.events.size()));
  }
  return log;
}

} // namespace

void add_conformance(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 33u, 2000u}) {
    list.add("A9", "conformance", "replay_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const Log log = make_log(n, 22);
      const auto events = c.buffer("events", log.events);
      const auto offsets = c.buffer("offsets", log.offsets);
      const auto model = c.buffer("model", kModel);
      const auto fits = c.output<Fit>("fits", n);
      const auto lengths = c.output<std::uint32_t>("lengths", n);
      c.launch("replay_traces", conformance::replay_traces, {32}, {n}, events, offsets, model,
               fits);
      c.launch("first_repetition", conformance::first_repetition, {32}, {n}, events, offsets,
               lengths);
    });
  }
  list.add("A9", "conformance", "known", kNone, [](CaseBuilder& c) {
    const auto events = c.buffer<std::uint16_t>(
        "events", {1, 2, 3, 4, 1, 2, 2, 3, 5, 1, kSilent, 7, 2, 3, 9, 9, 9, 9, 9, 1});
    const auto offsets = c.buffer<std::uint32_t>("offsets", {0, 4, 10, 10, 20});
    const auto model = c.buffer("model", kModel);
    const auto fits = c.output<Fit>("fits", 4);
    const auto lengths = c.output<std::uint32_t>("lengths", 4);
    c.launch("replay_traces", conformance::replay_traces, {32}, {4}, events, offsets, model, fits);
    c.launch("first_repetition", conformance::first_repetition, {32}, {4}, events, offsets,
             lengths);
    c.expect<Fit>(fits, {{4, 0, 5, 4}, {6, 0, 1, 6}, {0, 0, 0, 0}, {0, 5, 0, 1}});
    c.expect<std::uint32_t>(lengths, {4, 2, 0, 5});
  });
}

} // namespace ring::exec
