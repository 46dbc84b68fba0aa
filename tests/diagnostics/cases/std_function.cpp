#include <ring/kernel.h>
#include <functional>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'std::function<int ()>' has a destructor that does something; kernels have no scope-exit actions}} [RC1101]
  std::function<int()> f = [] { return 1; };
  out[0] = f();
}
