#include <ring/kernel.h>
union Bits {
  int i;
  float f;
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'Bits' is a union; use std::bit_cast to look at bits}} [RC1101]
  Bits bits;
  bits.f = 1.0f;
  out[0] = bits.i;
}
