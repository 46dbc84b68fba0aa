#include <ring/kernel.h>

// expected-error@+1 {{a block has 1 to 1024 threads, this one 2048}} [RC1003]
RING_GLOBAL(.block = {2048})
void k(ring::span<int> out) { out[0] = 1; }
