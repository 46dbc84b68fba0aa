#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };
struct Limits {
  // expected-error@+1 {{RING_PARAM() marks a field of an actor; 'Limits' is none}} [RC1202]
  RING_PARAM() float largest;
};

struct RING_ACTOR() Ledger {
  Limits limits;
  void receive(ring::Context&, const Deposit& m) { limits.largest = m.amount; }
};
