#include <ring/kernel.h>
#include <initializer_list>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{a std::initializer_list cannot run on a device; use an array}} [RC1102]
  for (int x : {1, 2, 3}) out[0] += x;
}
