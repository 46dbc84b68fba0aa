#include <ring/kernel.h>

#include "step.h"

RING_GLOBAL(.block = {32})
void add_step(ring::span<int> values) {
  const auto i = ring::global_id().x;
  if (i < values.size()) values[i] += kStep;
}
