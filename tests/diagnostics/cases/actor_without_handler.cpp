#include <ring/kernel.h>

// expected-error@+1 {{the actor 'Ledger' handles nothing; give it a void receive(ring::Context&, const M&)}} [RC1202]
struct RING_ACTOR() Ledger {
  float balance = 0;
};
