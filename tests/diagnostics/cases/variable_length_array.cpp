#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  int n = out[0];
  // expected-error@+1 {{type 'int[n]' is not available in kernels}} [RC1101]
  int a[n];
  a[0] = 1;
}
