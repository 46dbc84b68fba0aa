#include <ring/kernel.h>
typedef float Quad __attribute__((vector_size(16)));

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type '__attribute__((__vector_size__(4 * sizeof(float)))) float' is not available in kernels}} [RC1101]
  Quad v = {1, 2, 3, 4};
  out[0] = v[1];
}
