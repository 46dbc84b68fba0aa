#include "inputs.h"
#include "lists.h"

namespace mandelbrot {
#include "../kernels/mandelbrot.cpp"
}

namespace ring::exec {

void add_mandelbrot(CaseList& list) {
  using mandelbrot::View;
  Comparison counts =
      exact_if_strict(Metric::abs, 0, "a contracted product moves points at the border of the set");
  counts.outliers = 0.02;
  const View views[] = {{-2.0f, 1.25f, 2.5f / 64, 64, 64, 200},
                        {-0.75f, 0.1f, 0.0005f, 101, 67, 1000},
                        {-0.5f, 0.0f, 0.1f, 1, 1, 50}};
  for (const View& view : views) {
    list.add("A17", "mandelbrot", std::to_string(view.width) + "x" + std::to_string(view.height),
             kNone, [=](CaseBuilder& c) {
               const auto steps =
                   c.output<std::uint32_t>("steps", view.width * view.height, counts);
               c.launch("mandelbrot", mandelbrot::mandelbrot, {16, 8}, {view.width, view.height},
                        steps, view);
             });
  }
  list.add("A17", "mandelbrot", "known", kNone, [](CaseBuilder& c) {
    // -2 stays for ever, -1 and 0 too, 1 leaves as 0 1 2 5, 2 as 0 2 6.
    const auto steps = c.output<std::uint32_t>("steps", 5);
    c.launch("mandelbrot", mandelbrot::mandelbrot, {16, 8}, {5, 1}, steps,
             View{-2.0f, 0.0f, 1.0f, 5, 1, 99});
    c.expect<std::uint32_t>(steps, {99, 99, 99, 3, 2});
  });
}

} // namespace ring::exec
