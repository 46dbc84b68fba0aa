#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type '_Complex float' is not available in kernels}} [RC1101]
  _Complex float c = 1.0f;
  out[0] = 1;
}
