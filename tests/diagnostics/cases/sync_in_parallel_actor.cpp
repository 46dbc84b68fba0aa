#include <ring/kernel.h>

struct RING_MESSAGE() Number { std::uint32_t value; };

struct RING_ACTOR(.scope = ring::Scope::parallel) Counter {
  void receive(ring::Context& ctx, const Number&) {
    // expected-error@+1 {{'ring::Context::sync' in control flow that is not the same for all threads of the block (in 'Counter')}} [RC2101]
    ctx.sync();
    // expected-error@+1 {{'ring::Context::tick' in control flow that is not the same for all threads of the block (in 'Counter')}} [RC2101]
    ctx.tick();
  }
};
