// ringcc: --emit=wgsl
#include <ring/kernel.h>
struct View {
  ring::span<int> items;
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  // expected-error@+1 {{this object holds a reference, pointer or span, and the target has no pointers: keep it in a local variable of its own, not in an array or in memory}} [RC3101]
  View views[2] = {{out}, {out}};
  // expected-error@+1 {{this object holds a reference, pointer or span, and the target has no pointers: keep it in a local variable of its own, not in an array or in memory}} [RC3101]
  views[out[0] & 1].items[0] = 1;
}
