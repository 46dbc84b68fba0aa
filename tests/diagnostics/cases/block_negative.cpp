#include <ring/kernel.h>

// expected-error@+1 {{constant expression evaluates to -1 which cannot be narrowed to type 'std::uint32_t' (aka 'unsigned int')}} [RC1001]
RING_GLOBAL(.block = {-1})
void k(ring::span<int> out) { out[0] = 1; }
