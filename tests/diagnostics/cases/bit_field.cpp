#include <ring/kernel.h>
struct Packed {
  int a : 3;
  int b : 5;
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'Packed' has a bit-field; use an integer and masks}} [RC1101]
  Packed p{1, 2};
  out[0] = p.a;
}
