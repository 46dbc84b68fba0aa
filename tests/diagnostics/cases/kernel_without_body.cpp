#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
// expected-error@+1 {{a kernel needs its body in this file}} [RC1004]
void k(ring::span<int> out);
