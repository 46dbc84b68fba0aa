#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) { out[0] = 1; }

RING_GLOBAL(.block = {64})
// expected-error@+1 {{two kernels are called 'k'; their names are global}} [RC1004]
void k(ring::span<float> out) { out[0] = 1; }
