#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  float balance = 0;
  // expected-error@+1 {{receive() is a member function that returns void; answer with ctx.reply()}} [RC1202]
  Deposit receive(ring::Context&, const Deposit& m) { return Deposit{balance += m.amount}; }
};
