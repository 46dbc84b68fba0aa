#include <ring/kernel.h>

struct RING_MESSAGE() Deposit {
  // expected-error@+1 {{the message 'Deposit' holds an address, which means nothing to its receiver; send values}} [RC1201]
  const float* amount;
};

struct RING_ACTOR() Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += *m.amount; }
};
