#include <ring/kernel.h>
int odd(int n);
int even(int n) { return n == 0 ? 1 : odd(n - 1); }
// expected-error@+1 {{'even' calls itself; write a loop}} [RC1103]
int odd(int n) { return n == 0 ? 0 : even(n - 1); }

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  out[0] = even(5);
}
