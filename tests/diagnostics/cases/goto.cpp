#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
// expected-error@+1 {{goto cannot run on a device; use loops, break and return}} [RC1102]
again:
  out[0] += 1;
  // expected-error@+1 {{goto cannot run on a device; use loops, break and return}} [RC1102]
  if (out[0] < 3) goto again;
}
