#include <ring/kernel.h>

// expected-error@+1 {{field designator 'blok' does not refer to any field in type 'ring::GlobalOptions'; did you mean 'block'?}} [RC1001]
RING_GLOBAL(.blok = {64})
void k(ring::span<int> out) { out[0] = 1; }
