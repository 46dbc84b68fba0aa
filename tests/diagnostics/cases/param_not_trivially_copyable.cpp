#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };
struct Limit {
  Limit() = default;
  Limit(const Limit& other) : largest(other.largest) {}
  float largest = 0;
};

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{a launch cannot give 'Limit', which is not trivially copyable; take plain values}} [RC1202]
  RING_PARAM() Limit limit;
  void receive(ring::Context&, const Deposit&) { limit.largest = 0; }
};
