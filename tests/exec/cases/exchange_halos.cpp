#include "inputs.h"
#include "lists.h"

namespace exchange_halos {
#include "../kernels/exchange_halos.cpp"
}

namespace ring::exec {
namespace {

/// Destinations are distinct and never sources, so that the order of the copies does not matter.
std::vector<std::uint32_t> shuffled(std::uint32_t n, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::uint32_t> order(n);
  for (std::uint32_t i = 0; i < n; ++i)
    order[i] = i;
  for (std::uint32_t i = n; i > 1; --i)
    std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

} // namespace

void add_exchange_halos(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 300u, 5000u}) {
    list.add("A2", "exchange_halos", "pairs_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto order = shuffled(2 * n + 10, 7);
      std::vector<exchange_halos::HaloCopy> copies;
      for (std::uint32_t i = 0; i < n; ++i)
        copies.push_back({order[i], order[n + i]});
      const auto cells = c.buffer("cells", uniform<float>(2 * n + 10, -1, 1, 8));
      const auto list_of_copies = c.buffer("copies", copies);
      c.launch("exchange_halos", exchange_halos::exchange_halos, {256}, {n}, cells, list_of_copies);
    });
  }
  list.add("A2", "exchange_halos", "signed_with_holes", kNone, [](CaseBuilder& c) {
    const std::uint32_t n = 777;
    const auto order = shuffled(2 * n, 9);
    std::vector<std::int32_t> sources, destinations;
    for (std::uint32_t i = 0; i < n; ++i) {
      sources.push_back(i % 5 == 0 ? -1 : static_cast<std::int32_t>(order[i]));
      destinations.push_back(i % 7 == 0 ? -2147483647 : static_cast<std::int32_t>(order[n + i]));
    }
    const auto cells = c.buffer("cells", uniform<float>(2 * n, -1, 1, 10));
    const auto from = c.buffer("sources", sources);
    const auto to = c.buffer("destinations", destinations);
    c.launch("exchange_halos_signed", exchange_halos::exchange_halos_signed, {256}, {n}, cells,
             from, to);
  });
  list.add("A2", "exchange_halos", "known", kNone, [](CaseBuilder& c) {
    const auto cells = c.buffer<float>("cells", {1, 2, 3, 4, 0, 0});
    const auto copies = c.buffer<exchange_halos::HaloCopy>("copies", {{1, 5}, {2, 4}});
    c.launch("exchange_halos", exchange_halos::exchange_halos, {256}, {2}, cells, copies);
    c.expect<float>(cells, {1, 2, 3, 4, 3, 2});
  });
}

} // namespace ring::exec
