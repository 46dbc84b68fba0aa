// ringcc: --target=wgsl --emit=wgsl
#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<unsigned long long> out) {
  // expected-error@+1 {{WGSL has no atomic operation on a 64-bit type; CUDA, SPIR-V and CPU have one}} [RC3001]
  ring::atomic_add(out[0], 1ull);
}
