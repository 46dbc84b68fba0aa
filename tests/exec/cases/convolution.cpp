#include "inputs.h"
#include "lists.h"

namespace convolution {
#include "../kernels/convolution.cpp"
}

namespace ring::exec {
namespace {

convolution::Filter random_filter(std::int32_t radius) {
  convolution::Filter filter{{}, radius};
  const auto taps = uniform<float>(17, -1, 1, 55);
  for (std::int32_t i = 0; i <= 2 * radius; ++i)
    filter.taps[i] = taps[i];
  return filter;
}

} // namespace

void add_convolution(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 7u, 128u, 129u, 10000u}) {
    for (const std::int32_t radius : {0, 3, 8}) {
      list.add("A17", "convolution", std::to_string(n) + "_radius_" + std::to_string(radius), kNone,
               [=](CaseBuilder& c) {
                 const auto signal = c.buffer("signal", uniform<float>(n, -1, 1, 56));
                 const auto result = c.output<float>(
                     "result", n, exact_if_strict(Metric::abs, 1e-5, "contraction"));
                 c.launch("convolve", convolution::convolve, {128}, {n}, signal, result,
                          random_filter(radius));
               });
    }
  }
  list.add("A17", "convolution", "known", kNone, [](CaseBuilder& c) {
    const auto signal = c.buffer<float>("signal", {1, 0, 0, 10, 0});
    const auto result = c.output<float>("result", 5);
    c.launch("convolve", convolution::convolve, {128}, {5}, signal, result,
             convolution::Filter{{1, 2, 3}, 1});
    c.expect<float>(result, {2, 3, 10, 20, 30});
  });
}

} // namespace ring::exec
