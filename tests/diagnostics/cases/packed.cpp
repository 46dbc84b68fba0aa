#include <ring/kernel.h>
struct [[gnu::packed]] Record {
  char kind;
  int value;
};

RING_GLOBAL(.block = {64})
// expected-error@+1 {{type 'Record' is packed: 'value' is not aligned}} [RC1101]
void k(ring::span<Record> records) { records[0].value = 1; }
