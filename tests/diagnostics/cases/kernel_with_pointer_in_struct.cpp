#include <ring/kernel.h>

struct Node {
  int* next;
};

RING_GLOBAL(.block = {64})
// expected-error@+1 {{a kernel cannot take 'Node'; a pointer of the host means nothing on a device: take each buffer as a ring::span of its own}} [RC1004]
void k(ring::span<int> out, Node node) { out[0] = *node.next; }
