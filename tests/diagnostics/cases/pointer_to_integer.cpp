#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{a reinterpret_cast cannot run on a device; use std::bit_cast on values}} [RC1102]
  out[0] = (int)(long)(&out[0]);
}
