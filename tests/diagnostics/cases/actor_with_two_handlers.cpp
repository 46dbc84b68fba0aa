#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
  // expected-error@+1 {{two handlers of the message 'Deposit'; keep one of them}} [RC1202]
  void receive(ring::Context&, Deposit m) { balance -= m.amount; }
};
