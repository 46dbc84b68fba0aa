#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{inline assembly cannot run on a device}} [RC1102]
  asm volatile("nop");
}
