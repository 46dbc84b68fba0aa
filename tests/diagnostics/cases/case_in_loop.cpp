#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  int n = out[0];
  switch (n) {
  case 0:
    do {
      out[0] = 1;
    // expected-error@+1 {{a case label inside another statement cannot run on a device; put case labels directly into the switch}} [RC1102]
    case 1:
      out[1] = 2;
    } while (--n > 0);
  }
}
