#include <ring/kernel.h>
struct Node {
  int value;
  // expected-error@+1 {{type 'Node' holds a pointer to itself; keep an index into an array}} [RC1101]
  Node* next;
};

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) {
  Node last{1, nullptr};
  out[0] = last.value;
}
