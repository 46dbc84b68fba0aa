#include <ring/kernel.h>
#include <cstdio>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{a function with variadic arguments cannot run on a device}} [RC1102]
  std::printf("%d", out[0]);
}
