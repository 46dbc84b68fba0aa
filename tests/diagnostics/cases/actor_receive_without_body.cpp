#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  float balance = 0;
  // expected-error@+1 {{'Ledger::receive' has no body here}} [RC1104]
  void receive(ring::Context&, const Deposit& m);
};
