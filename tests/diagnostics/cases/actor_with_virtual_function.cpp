#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

// expected-error@+1 {{type 'Ledger' has virtual functions}} [RC1101]
struct RING_ACTOR() Ledger {
  float balance = 0;
  virtual void add(float amount) { balance += amount; }
  void receive(ring::Context&, const Deposit& m) { add(m.amount); }
};
