#include <ring/kernel.h>
// expected-error@+1 {{'fib' calls itself; write a loop}} [RC1103]
int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  out[0] = fib(5);
}
