#include <ring/kernel.h>
// expected-error@+1 {{recursive template instantiation exceeded maximum depth of 1024}} [RC1001]
template <int N> int sum() { return N + sum<N + 1>(); }

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  out[0] = sum<0>();
}
