#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  RING_PARAM() float limit;
  // expected-error@+1 {{two launch parameters or routes are called 'limit'; rename one of them}} [RC1202]
  RING_PARAM(.name = "limit") float least;
  void receive(ring::Context&, const Deposit&) { limit = least; }
};
