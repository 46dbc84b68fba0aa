#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{'calls' is a variable outside of the kernel; pass it as a parameter, make it constexpr, or mark it RING_SHARED}} [RC1105]
  static int calls = 0;
  out[0] = calls++;
}
