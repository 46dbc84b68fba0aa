#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{a span of an actor comes from its launch; mark it RING_PARAM()}} [RC1202]
  ring::span<float> balance;
  void receive(ring::Context&, const Deposit& m) { balance[0] += m.amount; }
};
