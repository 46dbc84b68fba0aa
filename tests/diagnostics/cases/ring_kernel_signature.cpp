#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

RING_KERNEL()
// expected-error@+1 {{'f' takes (ring::Context&, const M&), where M is a RING_MESSAGE() struct}} [RC1202]
void f(const Deposit& m) { (void)m; }
