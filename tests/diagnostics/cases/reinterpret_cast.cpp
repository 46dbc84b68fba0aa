#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  float f = 1.0f;
  // expected-error@+1 {{a reinterpret_cast cannot run on a device; use std::bit_cast on values}} [RC1102]
  out[0] = *reinterpret_cast<int*>(&f);
}
