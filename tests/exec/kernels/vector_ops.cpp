// A1. The first kernels of every GPU course: one thread an element, guarded by an early return.
#include <ring/kernel.h>

RING_GLOBAL(.block = {256})
void saxpy(ring::span<const float> x, ring::span<float> y, float a) {
  const auto i = ring::global_id().x;
  if (i >= y.size()) return;
  y[i] = a * x[i] + y[i];
}

RING_GLOBAL(.block = {128})
void vector_add(ring::span<const float> a, ring::span<const float> b, ring::span<float> sum) {
  const auto i = ring::global_id().x;
  if (i >= sum.size()) return;
  sum[i] = a[i] + b[i];
}

RING_GLOBAL(.block = {64})
void scale(ring::span<float> values, float factor) {
  const auto i = ring::global_id().x;
  if (i < values.size()) values[i] *= factor;
}
