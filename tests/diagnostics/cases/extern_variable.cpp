#include <ring/kernel.h>
extern int elsewhere;

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{'elsewhere' is a variable outside of the kernel; pass it as a parameter, make it constexpr, or mark it RING_SHARED}} [RC1105]
  out[0] = elsewhere;
}
