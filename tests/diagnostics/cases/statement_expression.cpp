#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{a statement expression cannot run on a device; use a lambda}} [RC1102]
  out[0] = ({ int x = 1; x; });
}
