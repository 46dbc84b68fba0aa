#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  float balance;
  // expected-error@+1 {{'on_start' has the signature void on_start(ring::Context&)}} [RC1202]
  void on_start() { balance = 0; }
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};
