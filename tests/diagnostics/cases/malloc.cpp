#include <ring/kernel.h>
#include <cstdlib>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{'malloc' cannot run on a device; a device allocates no memory: use arrays of a fixed size, or pass a ring::span}} [RC1102]
  int* p = static_cast<int*>(std::malloc(4));
  out[0] = *p;
}
