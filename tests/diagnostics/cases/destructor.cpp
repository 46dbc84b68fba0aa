#include <ring/kernel.h>
struct Guard {
  int* p;
  ~Guard() { *p = 1; }
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'Guard' has a destructor that does something; kernels have no scope-exit actions}} [RC1101]
  Guard guard{&out[0]};
}
