// ringcc: --emit=wgsl
#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  int* p;
  // expected-error@+1 {{'p' is read, but nothing gives it a target}} [RC3104]
  if (out[0] < 0) *p = 1;
}
