#include <ring/kernel.h>

struct Deposit { float amount; };

struct RING_ACTOR() Ledger {
  float balance = 0;
  // expected-error@+1 {{'Deposit' is no message; declare it as struct RING_MESSAGE() Deposit}} [RC1201]
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};
