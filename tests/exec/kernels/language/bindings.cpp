// Structured bindings: of structs, arrays, std::array and std::pair, by value and by reference.
#include <ring/kernel.h>

#include <array>
#include <utility>

struct Interval {
  std::int32_t low, high;
};

namespace {

Interval ordered(std::int32_t a, std::int32_t b) { return a < b ? Interval{a, b} : Interval{b, a}; }

std::pair<std::int32_t, std::int32_t> divide(std::int32_t a, std::int32_t b) {
  return {a / b, a % b};
}

} // namespace

RING_GLOBAL(.block = {32})
void bind(ring::span<Interval> intervals, ring::span<std::int32_t> out) {
  const auto i = ring::global_id().x;
  if (i >= intervals.size()) return;

  auto [low, high] = ordered(intervals[i].low, intervals[i].high); // a copy
  low -= 1;
  out[6 * i] = low * 2 + high;

  auto& [left, right] = intervals[i]; // the element itself
  left += right;
  right = -left;

  const auto [quotient, remainder] = divide(left, 7);
  out[6 * i + 1] = quotient * 100 + remainder;

  std::int32_t pair[2] = {left, right};
  auto& [first, second] = pair;
  first = 5;
  second += first;
  out[6 * i + 2] = pair[0] - pair[1];

  const auto [x, y, z] = std::array<std::int32_t, 3>{1, left % 10, 3};
  out[6 * i + 3] = x + y * z;

  const Interval list[] = {{1, 2}, {3, left % 5}, {5, 6}};
  std::int32_t sum = 0;
  for (const auto& [a, b] : list)
    sum += a * b;
  out[6 * i + 4] = sum;

  const auto add = [&, &kept = low] { return kept + right; };
  out[6 * i + 5] = add();
}
