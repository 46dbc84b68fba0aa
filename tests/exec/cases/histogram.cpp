#include "inputs.h"
#include "lists.h"

namespace histogram {
#include "../kernels/histogram.cpp"
}

namespace ring::exec {

void add_histogram(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 100u, 100001u}) {
    for (const bool skewed : {false, true}) {
      list.add("A17", "histogram", (skewed ? "skewed_" : "flat_") + std::to_string(n), kNone,
               [=](CaseBuilder& c) {
                 const auto bytes =
                     skewed ? whole<std::uint8_t>(n, 253, 255, 49) : any_bits<std::uint8_t>(n, 49);
                 std::vector<std::uint32_t> counts(256, 0);
                 for (const std::uint8_t b : bytes)
                   ++counts[b];
                 const auto data = c.buffer("data", bytes);
                 const auto bins = c.buffer("bins", filled<std::uint32_t>(256, 0));
                 c.launch("histogram", histogram::histogram, {128}, {n / 8}, data, bins);
                 c.expect(bins, counts);
               });
    }
  }
}

} // namespace ring::exec
