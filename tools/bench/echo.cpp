// What the benchmarks of messages run: an actor that answers, and a kernel that does nothing.
#include <ring/kernel.h>

struct RING_MESSAGE() Ball {
  std::uint32_t hits;
};

RING_KERNEL() Ball echo(ring::Context&, const Ball& ball) { return {ball.hits + 1}; }

RING_GLOBAL(.block = {1})
void nothing(ring::span<std::uint32_t> x) { x[0] += 1; }
