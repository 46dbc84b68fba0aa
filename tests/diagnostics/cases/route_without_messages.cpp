#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{a route names the messages that may be sent along it: ring::Route<M>}} [RC1202]
  ring::Route<> next;
  void receive(ring::Context& context, const Deposit&) { context.forward(next); }
};
