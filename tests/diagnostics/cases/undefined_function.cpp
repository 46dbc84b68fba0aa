#include <ring/kernel.h>
int missing(int);

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{'missing' has no body here; kernels can call only what is defined in the same file or a header}} [RC1104]
  out[0] = missing(3);
}
