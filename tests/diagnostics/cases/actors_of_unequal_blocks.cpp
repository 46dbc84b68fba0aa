#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR(.scope = ring::Scope::warp) First {
  void receive(ring::Context& ctx, const Deposit& m) { ctx.reply(m); }
};

struct RING_ACTOR() Alone {
  void receive(ring::Context& ctx, const Deposit& m) { ctx.reply(m); }
};

// expected-error@+1 {{'Second' has 64 lanes, but 'First' has 32, and one kernel runs all actors of a file; give both the same .block (a warp has 32), or put one of them into another file}} [RC1202]
struct RING_ACTOR(.scope = ring::Scope::block, .block = 64) Second {
  void receive(ring::Context& ctx, const Deposit& m) { ctx.reply(m); }
};
