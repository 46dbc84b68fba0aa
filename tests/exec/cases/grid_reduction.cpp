#include "inputs.h"
#include "lists.h"

#include <algorithm>
#include <limits>

namespace grid_reduction {
#include "../kernels/grid_reduction.cpp"
}

namespace ring::exec {
namespace {

template <class T> using Phase = void (*)(ring::span<const T>, ring::span<T>);

/// Both phases over `input`; the handle holds the one result.
template <class T> Handle<T> reduce(CaseBuilder& c, const std::string& kernel, Phase<T> first,
                                    Phase<T> second, const std::vector<T>& input,
                                    std::uint32_t blocks) {
  const auto values = c.buffer("values", input);
  const auto partial = c.output<T>("partial", blocks);
  const auto total = c.output<T>("total", 1);
  c.launch(kernel + "_first", first, {128}, {128 * blocks}, values, partial);
  c.launch(kernel + "_second", second, {128}, {128}, partial, total);
  return total;
}

} // namespace

void add_grid_reduction(CaseList& list) {
  using namespace grid_reduction;
  for (const std::uint32_t n : {0u, 1u, 129u, 50000u}) {
    for (const std::uint32_t blocks : {1u, 5u, 200u}) {
      const std::string suffix = std::to_string(n) + "_blocks_" + std::to_string(blocks);
      list.add("A18", "grid_reduction", "sum_f32_" + suffix, kNone, [=](CaseBuilder& c) {
        const auto input = whole<float>(n, -100, 100, 61);
        const auto total = reduce<float>(c, "grid_sum_f32", grid_sum_f32_first, grid_sum_f32_second,
                                         input, blocks);
        float sum = 0;
        for (const float v : input)
          sum += v;
        c.expect<float>(total, {sum});
      });
      list.add("A18", "grid_reduction", "max_i64_" + suffix, kNone, [=](CaseBuilder& c) {
        auto input = any_bits<std::int64_t>(n, 62);
        for (auto& v : input)
          v = v < 0 ? v : -v - 1; // all negative: an identity of 0 would show
        const auto total = reduce<std::int64_t>(c, "grid_max_i64", grid_max_i64_first,
                                                grid_max_i64_second, input, blocks);
        std::int64_t largest = std::numeric_limits<std::int64_t>::min();
        for (const auto v : input)
          largest = std::max(largest, v);
        c.expect<std::int64_t>(total, {largest});
      });
      list.add("A18", "grid_reduction", "xor_u64_" + suffix, kNone, [=](CaseBuilder& c) {
        const auto input = any_bits<std::uint64_t>(n, 63);
        const auto total = reduce<std::uint64_t>(c, "grid_xor_u64", grid_xor_u64_first,
                                                 grid_xor_u64_second, input, blocks);
        std::uint64_t all = 0;
        for (const auto v : input)
          all ^= v;
        c.expect<std::uint64_t>(total, {all});
      });
    }
  }
  list.add("A18", "grid_reduction", "sum_f32_same_bits", kNone, [](CaseBuilder& c) {
    // No atomics, so the order of the additions is fixed and even rounding is the same everywhere.
    reduce<float>(c, "grid_sum_f32", grid_sum_f32_first, grid_sum_f32_second,
                  uniform<float>(30000, -1, 1, 64), 16);
  });
}

} // namespace ring::exec
