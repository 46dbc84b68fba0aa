// ringcc: --target=wgsl --emit=wgsl
#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
// expected-error@+1 {{WGSL has no 64-bit float; CUDA, SPIR-V and CPU have one}} [RC3001]
void k(ring::span<double> out) { out[0] = 1; }
