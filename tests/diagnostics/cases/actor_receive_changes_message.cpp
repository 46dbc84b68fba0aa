#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  float balance = 0;
  // expected-error@+1 {{'receive' takes (ring::Context&, const M&), where M is a RING_MESSAGE() struct}} [RC1202]
  void receive(ring::Context&, Deposit& m) { balance += m.amount; }
};
