#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

// expected-error@+1 {{the actor 'Ledger' has no default constructor; give its fields initializers, and mark those that the launch gives RING_PARAM()}} [RC1202]
struct RING_ACTOR() Ledger {
  explicit Ledger(float start) : balance(start) {}
  float balance;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};
