#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };
struct Counter { std::uint32_t count = 0; };

// expected-error@+1 {{an actor has no base classes; hold 'Counter' as a member}} [RC1202]
struct RING_ACTOR() Ledger : Counter {
  void receive(ring::Context&, const Deposit&) { ++count; }
};
