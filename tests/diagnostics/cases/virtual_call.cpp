#include <ring/kernel.h>
struct Shape {
  virtual int area() const { return 1; }
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{type 'Shape' has virtual functions; use a template or an enum with a switch}} [RC1101]
  Shape shape;
  // expected-error@+1 {{a virtual call cannot run on a device; use a template or an enum with a switch}} [RC1102]
  out[0] = shape.area();
}
