#include <ring/kernel.h>

// Needs f64, so there is no second.core.spv: a build tool must not look for it for ever.
RING_GLOBAL(.block = {32})
void add_step(ring::span<double> values) {
  const auto i = ring::global_id().x;
  if (i < values.size()) values[i] += SECOND_STEP;
}
