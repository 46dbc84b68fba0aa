#include <ring/kernel.h>
void check(int x) {
  // expected-error@+1 {{throw cannot run on a device; return an error value}} [RC1102]
  if (x < 0) throw x;
}

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  check(out[0]);
}
