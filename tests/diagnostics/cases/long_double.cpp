#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'long double' is not available in kernels}} [RC1101]
  long double d = out[0];
  out[0] = static_cast<int>(d * 2);
}
