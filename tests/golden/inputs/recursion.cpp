#include <ring/kernel.h>

int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  out[0] = fib(5);
}
