#include "inputs.h"
#include "lists.h"

namespace prefix_scan {
#include "../kernels/prefix_scan.cpp"
}

namespace ring::exec {
namespace {

template <class T> std::vector<T> exclusive_sums(const std::vector<T>& values) {
  std::vector<T> sums;
  std::uint32_t sum = 0;
  for (const T v : values) {
    sums.push_back(static_cast<T>(sum));
    sum += static_cast<std::uint32_t>(v);
  }
  return sums;
}

} // namespace

void add_prefix_scan(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 256u, 257u, 65536u}) {
    list.add("A17", "prefix_scan", "exclusive_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto input = any_bits<std::uint32_t>(n, 47); // wraps
      const std::uint32_t blocks = n == 0 ? 1 : (n + 255) / 256;
      const auto in = c.buffer("in", input);
      const auto out = c.output<std::uint32_t>("out", n);
      const auto totals = c.output<std::uint32_t>("totals", blocks);
      const auto offsets = c.output<std::uint32_t>("offsets", blocks);
      const auto total = c.output<std::uint32_t>("total", 1);
      c.launch("scan_blocks", prefix_scan::scan_blocks, {256}, {n}, in, out, totals);
      c.launch("scan_blocks", prefix_scan::scan_blocks, {256}, {blocks}, totals, offsets, total);
      c.launch("add_offsets", prefix_scan::add_offsets, {256}, {n}, out, offsets);
      c.expect(out, exclusive_sums(input));
    });
  }
  for (const std::uint32_t n : {0u, 1u, 2u, 511u, 512u}) {
    list.add("A17", "prefix_scan", "in_place_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto input = whole<std::int32_t>(n, -1000000, 1000000, 48);
      const auto values = c.buffer("values", input);
      c.launch("scan_in_place", prefix_scan::scan_in_place, {256}, {1}, values);
      c.expect(values, exclusive_sums(input));
    });
  }
}

} // namespace ring::exec
