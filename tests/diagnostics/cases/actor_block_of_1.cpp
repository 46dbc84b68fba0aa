#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

// expected-error@+1 {{a block of 1 lanes; an actor that is not serial has 2 to 1024}} [RC1202]
struct RING_ACTOR(.scope = ring::Scope::block, .block = 1) Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};
