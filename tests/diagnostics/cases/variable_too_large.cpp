#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'const int[4294967295]' has 17179869180 bytes; a variable or value of a kernel has at most 524288, use a ring::span}} [RC1101]
  const int values[4294967295] = {out[1], out[2]};
  out[0] = values[0];
}
