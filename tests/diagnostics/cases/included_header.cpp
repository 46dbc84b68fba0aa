// expected-error@* {{Never include <bits/waitflags.h> directly}} [RC1001]
// expected-note@+1 {{included from here}} [RC1001]
#include <bits/waitflags.h>
#include <ring/kernel.h>

RING_GLOBAL(.block = {64})
void k(ring::span<int> out) { out[0] = 1; }
