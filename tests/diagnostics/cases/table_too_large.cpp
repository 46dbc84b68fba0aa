#include <ring/kernel.h>

// expected-error@+1 {{type 'const int[4294967295]' has 17179869180 bytes}} [RC1101]
constexpr int kTable[4294967295] = {1, 2};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) { out[0] = kTable[out[1]]; }
