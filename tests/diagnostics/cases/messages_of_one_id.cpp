#include <ring/kernel.h>

struct RING_MESSAGE(.id = 40) Deposit { float amount; };
// expected-error@+1 {{the messages 'Withdraw' and 'Deposit' have one id, 40; give one of them another with RING_MESSAGE(.id = ...)}} [RC1201]
struct RING_MESSAGE(.id = 40) Withdraw { float amount; };

struct RING_ACTOR() Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
  void receive(ring::Context&, const Withdraw& m) { balance -= m.amount; }
};
