// ringcc: --emit=wgsl
#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
// expected-error@+1 {{kernel 'k' needs 9 buffers (its spans, and one for its parameters); WGSL grants 8}} [RC3003]
void k(ring::span<int> b0,
       ring::span<int> b1,
       ring::span<int> b2,
       ring::span<int> b3,
       ring::span<int> b4,
       ring::span<int> b5,
       ring::span<int> b6,
       ring::span<int> b7) {
  b0[0] = b1[0] = b2[0] = b3[0] = b4[0] = b5[0] = b6[0] = b7[0] = 1;
}
