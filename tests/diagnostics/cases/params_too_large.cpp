#include <ring/kernel.h>
#include <array>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  RING_PARAM() float limit;
  // expected-error@+1 {{the launch parameters have more than 65536 bytes; give what is large as a ring::span}} [RC1202]
  RING_PARAM() std::array<float, 16384> limits;
  void receive(ring::Context&, const Deposit&) { limit = limits[0]; }
};
