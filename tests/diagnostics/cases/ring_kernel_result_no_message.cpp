#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

RING_KERNEL()
// expected-error@+1 {{'float' is no message; put it into a struct RING_MESSAGE()}} [RC1201]
float twice(ring::Context&, const Deposit& m) { return 2 * m.amount; }
