// Runs saxpy on the CPU, or on the backend that is named, and checks every element.
//
//   saxpy [cpu|vulkan|cuda]
#include <ring/runtime.h>

#include "saxpy.ring.h"

#include <cstdio>
#include <string_view>
#include <vector>

namespace {

ring::Backend backend_of(std::string_view name) {
  if (name == "vulkan") return ring::Backend::vulkan;
  if (name == "cuda") return ring::Backend::cuda;
  return ring::Backend::cpu;
}

int run(ring::Backend backend) {
  constexpr std::size_t kCount = 1000;
  std::vector<float> x(kCount), y(kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    x[i] = static_cast<float>(i);
    y[i] = 1.0f;
  }

  ring::Runtime rt = ring::Runtime::create({.backend = backend});
  auto device_x = rt.upload<float>(x), device_y = rt.upload<float>(y);
  rt.run(saxpy::saxpy, {.threads = kCount}, device_x, device_y, 2.0f);
  const std::vector<float> result = device_y.download();

  for (std::size_t i = 0; i < kCount; ++i) {
    const float expected = 2.0f * x[i] + y[i]; // exact: small integers
    if (result[i] == expected) continue;
    std::fprintf(stderr, "y[%zu] is %g, not %g\n", i, result[i], expected);
    return 1;
  }
  std::printf("saxpy: %zu elements are right on %s\n", kCount, rt.device().name.c_str());
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(backend_of(argc > 1 ? argv[1] : "cpu"));
  } catch (const ring::Error& error) {
    std::fprintf(stderr, "saxpy: %s\n", error.what());
    return 1;
  }
}
