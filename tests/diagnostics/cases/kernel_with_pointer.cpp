#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
// expected-error@+1 {{a kernel cannot take 'int *'; use ring::span, which also knows its size}} [RC1004]
void k(int* out) { *out = 1; }
