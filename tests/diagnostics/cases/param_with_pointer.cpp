#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{a launch cannot give 'float *'; take values, and buffers as ring::span}} [RC1202]
  RING_PARAM() float* balance;
  void receive(ring::Context&, const Deposit& m) { *balance += m.amount; }
};
