#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  switch (out[0]) {
  // expected-error@+1 {{a range of case values cannot run on a device; list the values}} [RC1102]
  case 1 ... 4: out[0] = 1; break;
  default: break;
  }
}
