#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
// expected-error@+1 {{a kernel cannot take 'int &'; take scalars and structs by value, buffers as ring::span}} [RC1004]
void k(int& out) { out = 1; }
