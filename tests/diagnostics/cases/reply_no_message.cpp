#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  float balance = 0;
  void receive(ring::Context& context, const Deposit& m) {
    balance += m.amount;
    // expected-error@+1 {{'float' is no message; put it into a struct RING_MESSAGE()}} [RC1201]
    context.reply(balance);
  }
};
