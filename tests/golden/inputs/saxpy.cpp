#include <ring/kernel.h>

RING_GLOBAL(.block = {256})
void saxpy(ring::span<const float> x, ring::span<float> y, float a) {
  const auto i = ring::global_id().x;
  if (i >= y.size()) return;
  y[i] = a * x[i] + y[i];
}
