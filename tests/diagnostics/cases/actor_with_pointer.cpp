#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{a field of an actor cannot hold an address; keep the value, an index, or a RING_PARAM() ring::span}} [RC1202]
  float* balance = nullptr;
  void receive(ring::Context&, const Deposit& m) { *balance += m.amount; }
};
