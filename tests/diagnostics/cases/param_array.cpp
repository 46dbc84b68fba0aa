#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{a launch cannot give 'float[4]'; take trivially copyable values, arrays as std::array<T, N> or ring::span}} [RC1202]
  RING_PARAM() float limits[4];
  void receive(ring::Context&, const Deposit&) { limits[0] = 0; }
};
