#include <ring/kernel.h>
// expected-error@+1 {{'barrier' in control flow that is not the same for all threads of the block (in 'k')}} [RC2101]
void wait() { ring::barrier(); }

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  if (ring::thread_id().x < 3) wait();
  out[0] = 1;
}
