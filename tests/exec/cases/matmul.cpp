#include "inputs.h"
#include "lists.h"

namespace matmul {
#include "../kernels/matmul.cpp"
}

namespace ring::exec {
namespace {

using matmul::Shape;

std::vector<float> product(const std::vector<float>& a, const std::vector<float>& b, Shape s) {
  std::vector<float> c(s.rows * s.columns, 0.0f);
  for (std::uint32_t row = 0; row < s.rows; ++row)
    for (std::uint32_t k = 0; k < s.inner; ++k)
      for (std::uint32_t column = 0; column < s.columns; ++column)
        c[row * s.columns + column] += a[row * s.inner + k] * b[k * s.columns + column];
  return c;
}

} // namespace

void add_matmul(CaseList& list) {
  const Shape shapes[] = {{1, 1, 1},   {16, 16, 16}, {17, 5, 31},
                          {1, 100, 1}, {40, 0, 3},   {129, 65, 70}};
  for (const Shape& shape : shapes) {
    const std::string size = std::to_string(shape.rows) + "x" + std::to_string(shape.inner) + "x" +
                             std::to_string(shape.columns);
    list.add("A17", "matmul", "whole_" + size, kNone, [=](CaseBuilder& c) {
      const auto va = whole<float>(shape.rows * shape.inner, -20, 20, 50); // every sum is exact
      const auto vb = whole<float>(shape.inner * shape.columns, -20, 20, 51);
      const auto a = c.buffer("a", va);
      const auto b = c.buffer("b", vb);
      const auto out = c.output<float>("c", shape.rows * shape.columns);
      c.launch("matmul", matmul::matmul, {16, 16}, {shape.columns, shape.rows}, a, b, out, shape);
      c.expect(out, product(va, vb, shape));
    });
    list.add("A17", "matmul", "real_" + size, kNone, [=](CaseBuilder& c) {
      const auto a = c.buffer("a", uniform<float>(shape.rows * shape.inner, -1, 1, 52));
      const auto b = c.buffer("b", uniform<float>(shape.inner * shape.columns, -1, 1, 53));
      const auto out = c.output<float>("c", shape.rows * shape.columns,
                                       exact_if_strict(Metric::abs, 1e-4, "contraction"));
      c.launch("matmul", matmul::matmul, {16, 16}, {shape.columns, shape.rows}, a, b, out, shape);
    });
  }
}

} // namespace ring::exec
