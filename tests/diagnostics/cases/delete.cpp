#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  int* p = nullptr;
  // expected-error@+1 {{delete cannot run on a device}} [RC1102]
  delete p;
}
