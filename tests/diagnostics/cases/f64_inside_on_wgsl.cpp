// ringcc: --target=wgsl --emit=wgsl
#include <ring/kernel.h>

double half(double x) { return x * 0.5; }

RING_GLOBAL(.block = {64})
void k(ring::span<float> out) {
  // expected-error@+1 {{WGSL has no 64-bit float; CUDA, SPIR-V and CPU have one}} [RC3001]
  out[0] = static_cast<float>(half(out[1]));
}
