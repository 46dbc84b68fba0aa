#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  int n = 0;
  // expected-error@+1 {{'atomic_add' on a variable that no other thread can see (in 'k')}} [RC2102]
  ring::atomic_add(n, 1);
  out[0] = n;
}
