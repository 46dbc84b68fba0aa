#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{a string cannot run on a device}} [RC1102]
  const char* s = "abc";
  out[0] = s[1];
}
