#include <ring/kernel.h>

// expected-error@+1 {{the message 'Page' has 65540 bytes; a message has at most 65536, send it in parts}} [RC1201]
struct RING_MESSAGE() Page { float values[16385]; };

struct RING_ACTOR() Reader {
  float sum = 0;
  void receive(ring::Context&, const Page& m) { sum += m.values[0]; }
};
