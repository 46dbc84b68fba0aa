#include <ring/kernel.h>

struct RING_MESSAGE() Deposits {
  // expected-error@+1 {{the message 'Deposits' holds an address}} [RC1201]
  ring::span<const float> amounts;
};

struct RING_ACTOR() Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposits& m) { balance += m.amounts[0]; }
};
