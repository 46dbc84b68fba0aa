// ringcc: --emit=js
// expected-error@none {{a JavaScript module runs actors, and 'js_without_actors' has none}} [RC5001]
#include <ring/kernel.h>

RING_GLOBAL()
void fill(ring::span<float> out) { out[0] = 1; }
