#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{use of undeclared identifier 'undeclared_thing'}} [RC1001]
  out[0] = undeclared_thing;
}
