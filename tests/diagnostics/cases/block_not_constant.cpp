#include <ring/kernel.h>

int n = 3;

// expected-error@+2 {{non-constant-expression cannot be narrowed from type 'int' to 'std::uint32_t' (aka 'unsigned int') in initializer list}} [RC1001]
// expected-error@+1 {{'annotate' attribute requires parameter 1 to be a constant expression}} [RC1001]
RING_GLOBAL(.block = {n})
void k(ring::span<int> out) { out[0] = 1; }
