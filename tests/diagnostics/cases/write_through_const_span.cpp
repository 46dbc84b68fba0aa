#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  ring::span<const int> in = out;
  // expected-error@+1 {{cannot assign to return value because function 'operator[]' returns a const value}} [RC1001]
  in[0] = 1;
}
