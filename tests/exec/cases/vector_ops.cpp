#include "inputs.h"
#include "lists.h"

#include <cmath>
#include <limits>

namespace vector_ops {
#include "../kernels/vector_ops.cpp"
}

namespace ring::exec {
namespace {

constexpr std::uint32_t kSizes[] = {0, 1, 255, 256, 1000, 100003};

std::string size_name(const char* kernel, std::uint32_t n) {
  return std::string(kernel) + "_" + std::to_string(n);
}

/// Zeros of both signs, infinities, the largest and the smallest normal number. No NaN: its bits
/// are not promised.
std::vector<float> edge_values() {
  const float inf = std::numeric_limits<float>::infinity();
  const float max = std::numeric_limits<float>::max();
  const float min = std::numeric_limits<float>::min();
  return {0.0f, -0.0f, 1.0f, -1.0f, inf, -inf, max, -max, min, -min, 0.1f, 3.0f, 16777216.0f};
}

} // namespace

void add_vector_ops(CaseList& list) {
  const std::string contracted = "a * x + y may be contracted to one rounding";
  for (const std::uint32_t n : kSizes) {
    list.add("A1", "vector_ops", size_name("saxpy", n), kNone, [=](CaseBuilder& c) {
      const auto x = c.buffer("x", uniform<float>(n, -10, 10, 1));
      const auto y = c.buffer("y", uniform<float>(n, -10, 10, 2),
                              exact_if_strict(Metric::abs, 1e-5, contracted));
      c.launch("saxpy", vector_ops::saxpy, {256}, {n}, x, y, 1.7f);
    });
    list.add("A1", "vector_ops", size_name("vector_add", n), kNone, [=](CaseBuilder& c) {
      const auto a = c.buffer("a", uniform<float>(n, -1e6, 1e6, 3));
      const auto b = c.buffer("b", uniform<float>(n, -1, 1, 4));
      const auto sum = c.output<float>("sum", n);
      c.launch("vector_add", vector_ops::vector_add, {128}, {n}, a, b, sum);
    });
    list.add("A1", "vector_ops", size_name("scale", n), kNone, [=](CaseBuilder& c) {
      const auto values = c.buffer("values", uniform<float>(n, -1, 1, 5));
      c.launch("scale", vector_ops::scale, {64}, {n}, values, -0.3f);
    });
  }
  list.add("A1", "vector_ops", "saxpy_known", kNone, [](CaseBuilder& c) {
    const auto x = c.buffer<float>("x", {1, 2, 3, 4, 5});
    const auto y = c.buffer<float>("y", {10, 20, 30, 40, 50});
    c.launch("saxpy", vector_ops::saxpy, {256}, {5}, x, y, 2.0f);
    c.launch("saxpy", vector_ops::saxpy, {256}, {5}, x, y, -1.0f);
    c.expect<float>(y, {11, 22, 33, 44, 55});
  });
  list.add("A1", "vector_ops", "scale_edge_values", kNone, [](CaseBuilder& c) {
    const auto values = c.buffer("values", edge_values());
    c.launch("scale", vector_ops::scale, {64}, {13}, values, -2.0f);
  });
  list.add("A1", "vector_ops", "scale_more_threads_than_elements", kNone, [](CaseBuilder& c) {
    const auto values = c.buffer("values", uniform<float>(70, -1, 1, 6));
    c.launch("scale", vector_ops::scale, {64}, {64 * 20}, values, 4.0f);
  });
}

} // namespace ring::exec
