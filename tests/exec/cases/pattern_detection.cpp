#include "inputs.h"
#include "lists.h"

namespace pattern_detection {
#include "../kernels/pattern_detection.cpp"
}

namespace ring::exec {
namespace {

std::vector<std::uint8_t> make_kinds(std::uint32_t n, std::uint64_t seed) {
  auto kinds = any_bits<std::uint8_t>(n, seed);
  Random random(seed + 1);
  for (std::uint32_t i = 1; i < n; ++i) {
    if (random.below(4) == 0) kinds[i] = kinds[i - 1];
    if (random.below(2) == 0) kinds[i] |= 0xF0;
  }
  return kinds;
}

} // namespace

void add_pattern_detection(CaseList& list) {
  // Sizes that end in the middle of a word, where a widened store would spill.
  for (const std::uint32_t n : {0u, 1u, 2u, 3u, 5u, 63u, 1001u, 40002u}) {
    list.add("A8", "pattern_detection", "log_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto kinds = c.buffer("kinds", make_kinds(n, 19));
      const auto attributes = c.buffer("attributes", any_bits<std::uint16_t>(n, 21));
      const auto flags = c.output<std::uint8_t>("flags", n);
      const auto rolling = c.output<std::uint16_t>("rolling", n);
      c.launch("detect_patterns", pattern_detection::detect_patterns, {64}, {n}, kinds, attributes,
               flags, rolling);
    });
  }
  list.add("A8", "pattern_detection", "known", kNone, [](CaseBuilder& c) {
    const auto kinds = c.buffer<std::uint8_t>("kinds", {0xF1, 0xF1, 0xFF, 0xF0, 0x80});
    const auto attributes =
        c.buffer<std::uint16_t>("attributes", {0, 0x8000, 0x8000, 0x8001, 2114});
    const auto flags = c.output<std::uint8_t>("flags", 5);
    const auto rolling = c.output<std::uint16_t>("rolling", 5);
    c.launch("detect_patterns", pattern_detection::detect_patterns, {64}, {5}, kinds, attributes,
             flags, rolling);
    c.expect<std::uint8_t>(flags, {0, 1 | 4 | 128, 128, 2, 128});
    c.expect<std::uint16_t>(rolling, {65521, 32753, 32767, 32783, 65406});
  });
}

} // namespace ring::exec
