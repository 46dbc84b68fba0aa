#include <ring/kernel.h>
struct Body {
  float x = 0;
  float y = 0;
};

RING_GLOBAL(.block = {32})
void k(ring::span<float> out) {
  // Clang itself evaluates what the variable starts with, each element of it.
  // expected-error@+1 {{a constant is too large to evaluate; make its array smaller}} [RC1001]
  RING_SHARED Body tile[100000000];
  out[0] = tile[0].x;
}
