#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{shared memory starts undefined; write it, then call ring::barrier()}} [RC1105]
  RING_SHARED int total = 3;
  out[0] = total;
}
