#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
// expected-error@+1 {{a kernel returns void; write its results to a ring::span}} [RC1004]
int k(ring::span<int> out) { return out[0]; }
