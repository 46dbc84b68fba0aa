#include "inputs.h"
#include "lists.h"

#include <algorithm>

namespace bitonic_sort {
#include "../kernels/bitonic_sort.cpp"
}

namespace ring::exec {

void add_bitonic_sort(CaseList& list) {
  for (const std::uint32_t n : {256u, 1024u, 16384u}) {
    for (const bool few_keys : {false, true}) {
      const std::string name = (few_keys ? "equal_keys_" : "any_keys_") + std::to_string(n);
      list.add("A17", "bitonic_sort", name, kNone, [=](CaseBuilder& c) {
        const auto input =
            few_keys ? whole<std::uint32_t>(n, 0, 5, 46) : any_bits<std::uint32_t>(n, 46);
        std::vector<std::uint32_t> order(n);
        for (std::uint32_t i = 0; i < n; ++i)
          order[i] = i;
        const auto keys = c.buffer("keys", input);
        const auto values = c.buffer("values", order);
        c.launch("sort_chunks", bitonic_sort::sort_chunks, {128}, {n / 2}, keys, values);
        for (std::uint32_t size = 512; size <= n; size *= 2)
          for (std::uint32_t stride = size / 2; stride > 0; stride /= 2)
            c.launch("merge_step", bitonic_sort::merge_step, {128}, {n / 2}, keys, values, size,
                     stride);

        auto sorted = input;
        std::sort(sorted.begin(), sorted.end());
        c.expect(keys, sorted);
        c.check([=](const Results& r) -> std::string {
          const auto k = r.read(keys), v = r.read(values);
          std::vector<bool> seen(n, false);
          for (std::uint32_t i = 0; i < n; ++i) {
            if (v[i] >= n || seen[v[i]] || input[v[i]] != k[i]) return "a value lost its key";
            seen[v[i]] = true;
          }
          return {};
        });
      });
    }
  }
}

} // namespace ring::exec
