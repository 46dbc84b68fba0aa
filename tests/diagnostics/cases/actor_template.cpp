#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

template <class T>
// expected-error@+1 {{an actor cannot be a template; hold the template as a member of an actor}} [RC1202]
struct RING_ACTOR() Ledger {
  T balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};
