#include <ring/kernel.h>

namespace a {
RING_GLOBAL(.block = {64})
void k(ring::span<int> out) { out[0] = 1; }
} // namespace a

namespace b {
RING_GLOBAL(.block = {64})
// expected-error@+1 {{two kernels are called 'k'; their names are global}} [RC1004]
void k(ring::span<float> out) { out[0] = 1; }
} // namespace b
