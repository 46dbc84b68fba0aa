#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  if (out[0]) {
// expected-error@+1 {{expected '}'}} [RC1001]
}
