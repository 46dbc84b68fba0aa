#include <ring/kernel.h>

template <class T>
RING_GLOBAL(.block = {64})
// expected-error@+1 {{a kernel cannot be a template; call the template from a kernel, or instantiate it}} [RC1004]
void k(ring::span<T> out) { out[0] = 1; }
