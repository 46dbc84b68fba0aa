#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{an exception handler cannot run on a device; return an error value}} [RC1102]
  try {
    out[0] = 1;
  } catch (...) {
    out[0] = 2;
  }
}
