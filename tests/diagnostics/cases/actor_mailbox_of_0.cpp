#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

// expected-error@+1 {{a mailbox of 0 messages takes none; the default is 1024}} [RC1202]
struct RING_ACTOR(.mailbox = 0) Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};
