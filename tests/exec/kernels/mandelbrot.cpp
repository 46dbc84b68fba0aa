// A17. The Mandelbrot set: how many steps each point takes to leave, or `limit` if it does not.
#include <ring/kernel.h>

struct View {
  float left, top; // the first pixel's point
  float pixel;     // distance between pixels
  std::uint32_t width, height;
  std::uint32_t limit;
};

namespace {

struct Complex {
  float re, im;

  friend Complex operator+(Complex a, Complex b) { return {a.re + b.re, a.im + b.im}; }
  friend Complex operator*(Complex a, Complex b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
  float norm() const { return re * re + im * im; }
};

} // namespace

RING_GLOBAL(.block = {16, 8})
void mandelbrot(ring::span<std::uint32_t> steps, View view) {
  const auto [x, y, z] = ring::global_id();
  if (x >= view.width || y >= view.height) return;
  const Complex c{view.left + view.pixel * static_cast<float>(x),
                  view.top - view.pixel * static_cast<float>(y)};
  Complex value{0.0f, 0.0f};
  std::uint32_t n = 0;
  while (n < view.limit && value.norm() <= 4.0f) {
    value = value * value + c;
    ++n;
  }
  steps[y * view.width + x] = n;
}
