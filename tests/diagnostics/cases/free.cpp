#include <ring/kernel.h>
#include <cstdlib>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  int x = 0;
  // expected-error@+1 {{'free' cannot run on a device; a device allocates no memory}} [RC1102]
  std::free(&x);
  out[0] = x;
}
