// A9. Replays traces of a log against a process model (a list of transitions) and scores how well
// they fit.
#include <ring/kernel.h>

struct Transition {
  std::uint16_t from;
  std::uint16_t activity;
  std::uint16_t to;
};

struct Fit {
  std::uint32_t matched;  // events that the model allowed
  std::uint32_t skipped;  // events that it did not
  std::uint32_t state;    // where the replay ended
  std::uint32_t deviated; // index in the trace of the first deviation, or its length
};

constexpr std::uint16_t kSilent = 0xFFFF; // an event that the log marks as not observed
constexpr std::uint16_t kNoTransition = 0xFFFF;
constexpr std::uint32_t kGiveUpAfter = 5; // deviations

namespace {

/// The state after `activity`, also through one state in between; leaves both loops by return.
std::uint16_t follow(ring::span<const Transition> model, std::uint16_t state,
                     std::uint16_t activity) {
  for (const Transition& first : model) {
    if (first.from != state) continue;
    if (first.activity == activity) return first.to;
    if (first.activity != kSilent) continue;
    for (const Transition& second : model) {
      if (second.from == first.to && second.activity == activity) return second.to;
    }
  }
  return kNoTransition;
}

} // namespace

RING_GLOBAL(.block = {32})
void replay_traces(ring::span<const std::uint16_t> events, ring::span<const std::uint32_t> offsets,
                   ring::span<const Transition> model, ring::span<Fit> fits) {
  const auto trace = ring::global_id().x;
  if (trace >= fits.size()) return;
  const std::uint32_t begin = offsets[trace];
  const std::uint32_t end = offsets[trace + 1];

  Fit fit{.matched = 0, .skipped = 0, .state = 0, .deviated = end - begin};
  for (std::uint32_t i = begin; i < end; ++i) {
    if (events[i] == kSilent) continue;
    const std::uint16_t next = follow(model, static_cast<std::uint16_t>(fit.state), events[i]);
    if (next == kNoTransition) {
      if (fit.skipped == 0) fit.deviated = i - begin;
      if (++fit.skipped == kGiveUpAfter) break;
      continue;
    }
    fit.state = next;
    ++fit.matched;
  }
  fits[trace] = fit;
}

/// The length of the longest loop-free run: leaves two loops at once by a flag.
RING_GLOBAL(.block = {32})
void first_repetition(ring::span<const std::uint16_t> events,
                      ring::span<const std::uint32_t> offsets, ring::span<std::uint32_t> lengths) {
  const auto trace = ring::global_id().x;
  if (trace >= lengths.size()) return;
  const std::uint32_t begin = offsets[trace];
  const std::uint32_t end = offsets[trace + 1];

  std::uint32_t i = begin;
  bool repeated = false;
  while (i < end && !repeated) {
    for (std::uint32_t j = begin; j < i; ++j) {
      if (events[j] == kSilent) continue;
      if (events[j] == events[i]) {
        repeated = true;
        break;
      }
    }
    if (!repeated) ++i;
  }
  lengths[trace] = i - begin;
}
