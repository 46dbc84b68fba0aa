#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{std::coroutine_traits type was not found; include <coroutine> before defining a coroutine}} [RC1001]
  co_return;
}
