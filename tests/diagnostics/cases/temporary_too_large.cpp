#include <ring/kernel.h>
struct Text {
  char text[4294967295] = "x";
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'Text' has 4294967295 bytes}} [RC1101]
  out[0] = Text{}.text[out[1]];
}
