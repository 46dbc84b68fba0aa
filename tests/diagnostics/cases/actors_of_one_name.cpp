#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

namespace a {
struct RING_ACTOR() Ledger {
  void receive(ring::Context&, const Deposit&) {}
};
} // namespace a
namespace b {
// expected-error@+1 {{two kernels are called 'Ledger'; their names are global}} [RC1004]
struct RING_ACTOR() Ledger {
  void receive(ring::Context&, const Deposit&) {}
};
} // namespace b
