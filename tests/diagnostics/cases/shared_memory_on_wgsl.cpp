// ringcc: --emit=wgsl
#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
// expected-error@+1 {{kernel 'k' needs 16388 bytes of block-shared memory; WGSL grants 16384}} [RC3003]
void k(ring::span<float> out) {
  // expected-note@+1 {{'tile' takes 16388 bytes}} [RC3003]
  RING_SHARED float tile[4097];
  tile[ring::thread_id().x] = 1.0f;
  ring::barrier();
  out[0] = tile[1];
}
