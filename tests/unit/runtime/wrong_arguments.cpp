// Compiled with RING_CASE = 0, which is right, and 1 …, each of which must be refused with the
// words that CMakeLists.txt expects.
#include <ring/runtime.h>

#include <cstdint>
#include <string>

struct Point {
  float x, y;
};

void run(ring::Runtime& rt, const ring::Kernel<ring::span<const float>, ring::span<float>,
                                               std::uint32_t, float, Point>& kernel) {
  const auto x = rt.alloc<float>(1);
  auto y = rt.alloc<float>(1);
  auto wide = rt.alloc<double>(1);
#if RING_CASE == 0
  rt.run(kernel, {.threads = 1}, x, y, 1, 2.0, Point{});
  rt.run(kernel, {.threads = y.size()}, x, y, y.size(), 2, Point{1, 2});
  enum class Color : std::uint32_t { red };
  auto colors = rt.alloc<Color>(1);
  auto words = rt.alloc<unsigned>(1);
  const ring::Kernel<ring::span<std::uint32_t>, std::uint32_t> paint;
  rt.run(paint, {.threads = 1}, colors, Color::red);
  rt.run(paint, {.threads = 1}, words, Color::red);
#elif RING_CASE == 1
  rt.run(kernel, {.threads = 1}, x, y, 1, 2.0f);
#elif RING_CASE == 2
  rt.run(kernel, {.threads = 1}, y, x, 1, 2.0f, Point{});
#elif RING_CASE == 3
  rt.run(kernel, {.threads = 1}, wide, y, 1, 2.0f, Point{});
#elif RING_CASE == 4
  rt.run(kernel, {.threads = 1}, x, y, 1.5, 2.0f, Point{});
#elif RING_CASE == 5
  rt.run(kernel, {.threads = 1}, x, y, 1, 2.0f, 3.0f);
#elif RING_CASE == 6
  auto copy = y;
#elif RING_CASE == 7
  rt.alloc<std::string>(1);
#endif
  static_cast<void>(wide);
}
