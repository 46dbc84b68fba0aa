#include <complex>
#include <ring/kernel.h>

// expected-error@* {{type '_Complex float' is not available in kernels}} [RC1101]

RING_GLOBAL(.block = {64})
// expected-note@+1 {{in 'std::complex<float>', used here}} [RC1101]
void k(ring::span<std::complex<float>> out) {}
