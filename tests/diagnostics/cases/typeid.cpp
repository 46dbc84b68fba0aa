#include <ring/kernel.h>
#include <typeinfo>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{typeid cannot run on a device}} [RC1102]
  out[0] = typeid(int) == typeid(float);
}
