#include <ring/kernel.h>
thread_local int mine = 1;

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{'mine' is a variable outside of the kernel; pass it as a parameter, make it constexpr, or mark it RING_SHARED}} [RC1105]
  out[0] = mine;
}
