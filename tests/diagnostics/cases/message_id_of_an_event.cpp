#include <ring/kernel.h>

// Ids below 16 are the protocol's; 3 becomes 19.
struct RING_MESSAGE(.id = 3) Deposit { float amount; };
// expected-error@+1 {{the messages 'Withdraw' and 'Deposit' have one id, 19}} [RC1201]
struct RING_MESSAGE(.id = 19) Withdraw { float amount; };

struct RING_ACTOR() Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
  void receive(ring::Context&, const Withdraw& m) { balance -= m.amount; }
};
