#include <ring/kernel.h>
// expected-error@+1 {{'no_such_header.h' file not found}} [RC1001]
#include "no_such_header.h"

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  out[0] = 1;
}
