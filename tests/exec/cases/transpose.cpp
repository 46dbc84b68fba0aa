#include "inputs.h"
#include "lists.h"

namespace transpose {
#include "../kernels/transpose.cpp"
}

namespace ring::exec {

void add_transpose(CaseList& list) {
  const Dim sizes[] = {{1, 1}, {16, 16}, {1, 50}, {50, 1}, {33, 17}, {100, 64}, {255, 257}};
  for (const Dim size : sizes) {
    const std::uint32_t width = size.x, height = size.y;
    list.add("A4", "transpose", std::to_string(width) + "x" + std::to_string(height), kNone,
             [=](CaseBuilder& c) {
               const auto values = uniform<float>(width * height, -1, 1, 11);
               const auto in = c.buffer("in", values);
               const auto out = c.output<float>("out", width * height);
               c.launch("transpose", transpose::transpose, {16, 16}, size, in, out, width, height);

               std::vector<float> transposed(values.size());
               for (std::uint32_t y = 0; y < height; ++y)
                 for (std::uint32_t x = 0; x < width; ++x)
                   transposed[x * height + y] = values[y * width + x];
               c.expect(out, transposed);
             });
  }
}

} // namespace ring::exec
