#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{'shuffle_xor' in control flow that is not the same for all lanes of the warp (in 'k')}} [RC2101]
  if (ring::thread_id().x < 3) out[0] = ring::shuffle_xor(out[1], 1);
}
