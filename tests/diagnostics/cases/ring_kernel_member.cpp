#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct Ledger {
  RING_KERNEL()
  // expected-error@+1 {{a RING_KERNEL is a free function; a member function is the receive() of a RING_ACTOR struct}} [RC1202]
  static void f(ring::Context&, const Deposit&) {}
};
