#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
// expected-error@+1 {{a kernel cannot take 'ring::span<ring::span<int> >'; a pointer of the host means nothing on a device: take each buffer as a ring::span of its own}} [RC1004]
void k(ring::span<ring::span<int>> out) { out[0][0] = 1; }
