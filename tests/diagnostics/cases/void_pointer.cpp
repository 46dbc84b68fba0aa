#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'void *' has no element type; use a pointer to the element}} [RC1101]
  void* p = &out[0];
}
