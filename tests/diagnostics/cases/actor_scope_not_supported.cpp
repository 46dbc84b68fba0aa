#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

// expected-error@+1 {{only ring::Scope::serial is supported yet; leave .scope out}} [RC1003]
struct RING_ACTOR(.scope = ring::Scope::block) Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};
