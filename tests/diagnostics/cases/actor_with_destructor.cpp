#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct Lock {
  ~Lock() { held = false; }
  bool held = true;
};

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{'Lock' owns something of the host; a field of an actor is a value}} [RC1202]
  Lock lock[2];
  void receive(ring::Context&, const Deposit&) {}
};
