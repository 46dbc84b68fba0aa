#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{new cannot run on a device; use arrays of a fixed size}} [RC1102]
  int* p = new int[4];
  out[0] = p[1];
}
