#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{a ring::Route is bound by its name at launch; take RING_PARAM() away}} [RC1202]
  RING_PARAM() ring::Route<Deposit> next;
  void receive(ring::Context& context, const Deposit& m) { context.send(next, m); }
};
