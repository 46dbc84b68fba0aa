// ringcc: --emit=wgsl
#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  int* p[2] = {&out[0], &out[1]};
  // expected-error@+1 {{a pointer comes out of memory, and the target has no pointers; keep pointers in local variables, or store an index instead}} [RC3102]
  *p[out[0] & 1] = 3;
}
