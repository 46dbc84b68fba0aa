#include <ring/kernel.h>
struct Walk {
  // expected-error@+1 {{'Walk::f' calls itself; write a loop}} [RC1103]
  int f(int x) { return x ? f(x - 1) : 0; }
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  Walk walk;
  out[0] = walk.f(3);
}
