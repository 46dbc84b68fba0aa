#include <ring/kernel.h>
struct Base {
  Base() = default;
  int a = 0;
  char b = 0;
};
struct Derived : Base {
  char c = 0;
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'Derived' keeps 'c' in the tail padding of 'Base_base', which no target can express}} [RC1101]
  Derived d;
  out[0] = d.c;
}
