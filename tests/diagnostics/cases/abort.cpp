#include <ring/kernel.h>
#include <cstdlib>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{'abort' has no body here; kernels can call only what is defined in the same file or a header}} [RC1104]
  if (out[0]) std::abort();
}
