#include <ring/kernel.h>

struct RING_MESSAGE() Number { std::uint32_t value; };

struct RING_ACTOR(.scope = ring::Scope::block, .block = 64) Picker {
  std::uint32_t last = 0;
  ring::Route<Number> next;

  void pass_on(ring::Context& ctx) {
    // expected-error@+1 {{'ring::Context::forward' in control flow that is not the same for all lanes of the actor (in 'Picker')}} [RC2104]
    ctx.forward(next);
  }

  void receive(ring::Context& ctx, const Number& m) {
    if (m.value > 3) ctx.reply(m); // the same for all
    // expected-error@+1 {{'ring::Context::reply' in control flow that is not the same for all lanes of the actor (in 'Picker')}} [RC2104]
    if (ctx.thread_id() == m.value) ctx.reply(m);
    for (std::uint32_t i = ctx.thread_id(); i < 100; i += ctx.block_dim()) {
      if (i != m.value) continue;
      // expected-error@+1 {{'ring::Context::send' in control flow that is not the same for all lanes of the actor (in 'Picker')}} [RC2104]
      ctx.send(next, m);
      pass_on(ctx);
    }
  }
};
