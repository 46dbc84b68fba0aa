#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  std::memory_order order = out[0] ? ring::relaxed : ring::acquire;
  // expected-error@+1 {{a memory order or scope must be a constant}} [RC1106]
  out[1] = ring::atomic_ref<int>(out[0]).load(order);
}
