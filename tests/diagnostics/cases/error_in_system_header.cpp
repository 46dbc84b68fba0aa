#include <algorithm>
#include <ring/kernel.h>

// Somewhere inside of the library std::sort calls itself and calls memmove.
// expected-error@* {{calls itself; write a loop}} [RC1103]
// expected-error@* {{type 'void *' has no element type}} [RC1101]

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  int values[4] = {4, 3, 2, 1};
  // expected-note@+1 {{in 'std::sort<int *>', called from here}} [RC1103]
  std::sort(values, values + 4);
  out[0] = values[0];
}
