#include <ring/kernel.h>
int one() { return 1; }

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'int (*)(void)' is a function pointer; call functions by name}} [RC1101]
  int (*f)() = one;
  // expected-error@+1 {{a call through a pointer cannot run on a device; pass a lambda to a template}} [RC1102]
  out[0] = f();
}
