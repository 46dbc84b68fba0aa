#include <ring/kernel.h>
struct S {
  int a;
  int get() const { return a; }
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  S s{1};
  // expected-error@+1 {{type 'int (struct S::*)(void) const' is not available in kernels}} [RC1101]
  int (S::*get)() const = &S::get;
  // expected-error@+1 {{a call through a pointer cannot run on a device; pass a lambda to a template}} [RC1102]
  out[0] = (s.*get)();
}
