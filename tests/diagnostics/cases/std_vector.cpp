#include <ring/kernel.h>
#include <vector>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'std::vector<int>' has a destructor that does something; kernels have no scope-exit actions}} [RC1101]
  std::vector<int> v(3);
  out[0] = v.size();
}
