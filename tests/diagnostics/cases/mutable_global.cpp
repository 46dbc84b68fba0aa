#include <ring/kernel.h>
int counter = 0;

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{'counter' is a variable outside of the kernel; pass it as a parameter, make it constexpr, or mark it RING_SHARED}} [RC1105]
  out[0] = counter;
}
