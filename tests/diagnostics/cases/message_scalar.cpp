#include <ring/kernel.h>

struct RING_ACTOR() Ledger {
  float balance = 0;
  // expected-error@+1 {{'float' is no message; put it into a struct RING_MESSAGE()}} [RC1201]
  void receive(ring::Context&, const float& amount) { balance += amount; }
};
