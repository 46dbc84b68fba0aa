#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{throw cannot run on a device; return an error value}} [RC1102]
  if (out[0] < 0) throw 3;
}
