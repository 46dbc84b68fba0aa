// ringcc: --emit=cpu
#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};

RING_GLOBAL()
// expected-error@+1 {{'kernel_name_taken_bounded' is the name of the kernel that runs the actors of this module in slices; rename this function or the file}} [RC2201]
void kernel_name_taken_bounded(ring::span<float> out) { out[0] = 1; }
