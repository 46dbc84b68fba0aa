#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  RING_PARAM() ring::span<float> balance;
  void receive(ring::Context&, const Deposit& m) { balance[0] += m.amount; }
};

RING_GLOBAL()
void k(ring::span<float> out) {
  Ledger ledger{out};
  // expected-error@+1 {{'balance' is what a launch gives to its actor; only handlers of this actor have it}} [RC1202]
  out[0] = ledger.balance[1];
}
