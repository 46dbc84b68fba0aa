#include "inputs.h"
#include "lists.h"

#include <numeric>

namespace reduce_sum {
#include "../kernels/reduce_sum.cpp"
}

namespace ring::exec {

void add_reduce_sum(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 256u, 1000u, 65537u}) {
    list.add("A5", "reduce_sum", "f32_whole_" + std::to_string(n), kFloatAtomics,
             [=](CaseBuilder& c) {
               const auto numbers =
                   whole<float>(n, -50, 50, 12); // every partial sum is exact, whatever the order
               const auto values = c.buffer("values", numbers);
               const auto total = c.buffer<float>("total", {0.0f});
               c.launch("reduce_sum", reduce_sum::reduce_sum, {256}, {n}, values, total);
               c.expect<float>(total, {std::accumulate(numbers.begin(), numbers.end(), 0.0f)});
             });
    list.add("A5", "reduce_sum", "int_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto numbers = whole<std::int32_t>(n, -30000, 30000, 13); // no block's sum overflows
      std::uint32_t sum = 0, squares = 0;
      for (const std::int32_t v : numbers) {
        sum += static_cast<std::uint32_t>(v);
        squares += static_cast<std::uint32_t>(v) * static_cast<std::uint32_t>(v);
      }
      const auto values = c.buffer("values", numbers);
      const auto total = c.buffer<std::int32_t>("total", {0});
      const auto total_of_squares = c.buffer<std::uint32_t>("total_of_squares", {0});
      c.launch("reduce_sum_int", reduce_sum::reduce_sum_int, {256}, {n}, values, total,
               total_of_squares);
      c.expect<std::int32_t>(total, {static_cast<std::int32_t>(sum)});
      c.expect<std::uint32_t>(total_of_squares, {squares});
    });
  }
  list.add("A5", "reduce_sum", "f32_any_order", kFloatAtomics, [](CaseBuilder& c) {
    const auto values = c.buffer("values", uniform<float>(20000, 0, 1, 14));
    const auto total = c.buffer<float>(
        "total", {0.0f}, within(Metric::rel, 1e-5, "blocks add in an order that nobody promises"));
    c.launch("reduce_sum", reduce_sum::reduce_sum, {256}, {20000}, values, total);
  });
}

} // namespace ring::exec
