#include <ring/kernel.h>

// expected-error@+1 {{a block has 1 to 1024 threads, this one 0}} [RC1003]
RING_GLOBAL(.block = {0})
void k(ring::span<int> out) { out[0] = 1; }
