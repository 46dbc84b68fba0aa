#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type '__int128' is not available in kernels}} [RC1101]
  __int128 x = out[0];
  out[0] = static_cast<int>(x * x);
}
