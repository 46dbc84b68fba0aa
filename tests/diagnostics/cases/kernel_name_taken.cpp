#include <ring/kernel.h>

struct RING_MESSAGE() Ping {
  std::uint32_t turn;
};

RING_GLOBAL(.block = {64})
// expected-error@+1 {{'kernel_name_taken_bounded' is the name of the kernel that runs the actors of this module in slices; rename this function or the file}} [RC2201]
void kernel_name_taken_bounded(ring::span<std::uint32_t> out) { out[0] = 1; }

RING_KERNEL() Ping echo(ring::Context&, const Ping& ping) { return ping; }
