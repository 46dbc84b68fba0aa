#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'int (*)(int)' is a function pointer; call functions by name}} [RC1101]
  int (*f)(int) = [](int x) { return x; };
  // expected-error@+1 {{a call through a pointer cannot run on a device; pass a lambda to a template}} [RC1102]
  out[0] = f(3);
}
