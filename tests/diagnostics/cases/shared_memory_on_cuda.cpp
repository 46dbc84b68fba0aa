// ringcc: --emit=cuda
#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
// expected-error@+1 {{kernel 'k' needs 49156 bytes of block-shared memory; CUDA grants 49152}} [RC3003]
void k(ring::span<float> out) {
  // expected-note@+1 {{'tile' takes 49156 bytes}} [RC3003]
  RING_SHARED float tile[12289];
  tile[ring::thread_id().x] = 1.0f;
  ring::barrier();
  out[0] = tile[1];
}
