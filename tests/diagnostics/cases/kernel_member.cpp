#include <ring/kernel.h>

struct S {
  RING_GLOBAL(.block = {64})
  // expected-error@+1 {{a kernel is a free function, not a member}} [RC1004]
  void k(ring::span<int> out) { out[0] = 1; }
};
