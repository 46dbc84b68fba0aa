#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{expected expression}} [RC1001]
  out[0] = 1 +;
}
