#include <ring/kernel.h>

struct Counter {
  Counter() = default;
  Counter(const Counter& other) : x(other.x + 1) {}
  int x = 0;
};

RING_GLOBAL(.block = {64})
// expected-error@+1 {{a kernel cannot take 'Counter'; its type is not trivially copyable}} [RC1004]
void k(ring::span<int> out, Counter counter) { out[0] = counter.x; }
