// Actors that many lanes run: a block that shares one message, a serial one beside it, and hooks.
#include <ring/kernel.h>

namespace teams {

inline constexpr std::uint32_t kLanes = 64;

struct RING_MESSAGE() Numbers {
  std::uint32_t count;
  std::uint32_t values[100];
};
struct RING_MESSAGE() Sum {
  std::uint32_t sum;
  std::uint32_t lanes;
  std::uint32_t messages;
};
struct RING_MESSAGE() Ask {
  std::uint32_t tag;
};

/// Adds the numbers of a message in shared memory, all lanes together.
struct RING_ACTOR(.scope = ring::Scope::block, .block = kLanes) Adder {
  std::uint32_t totals[kLanes] = {}; // a lane's own
  std::uint32_t messages = 0;
  RING_PARAM() std::uint32_t bias;

  void receive(ring::Context& ctx, const Numbers& m) {
    RING_SHARED std::uint32_t partial[kLanes];
    const std::uint32_t lane = ctx.thread_id();
    std::uint32_t sum = 0;
    for (std::uint32_t i = lane; i < m.count; i += ctx.block_dim())
      sum += m.values[i];
    totals[lane] += sum;
    partial[lane] = sum;
    ctx.sync();
    for (std::uint32_t width = kLanes / 2; width > 0; width /= 2) {
      if (lane < width) partial[lane] += partial[lane + width];
      ctx.sync();
    }
    if (lane == 0) ++messages;
    ctx.sync();
    ctx.reply(Sum{partial[0] + bias, ctx.block_dim(), messages});
    ctx.sync(); // partial and messages are written again for the next message
  }

  /// A count that is in the message: the same for all lanes.
  void receive(ring::Context& ctx, const Ask& m) {
    std::uint32_t sum = 0;
    for (std::uint32_t i = 0; i < m.tag; ++i) {
      if (ctx.thread_id() == i) totals[0] += i;
      ctx.sync();
      if (totals[0] > 100000) {
        sum = 7;
        break;
      }
      sum += totals[i % kLanes];
    }
    if (m.tag % 2 == 1) ctx.reply(Sum{sum, m.tag, ctx.block_dim()});
    const ring::Timestamp time = ctx.tick();
    if (m.tag % 2 == 0) ctx.reply(Sum{sum, time.node == ctx.self() ? 1u : 0u, 0});
  }

  void on_stop(ring::Context& ctx) { ctx.reply(Sum{messages, 0, 0}); }
};

/// One lane of the block runs it, and it is like any other serial actor.
struct RING_ACTOR() Clerk {
  std::uint32_t asked = 0;

  void receive(ring::Context& ctx, const Ask& m) {
    ++asked;
    ctx.sync();
    ctx.tick();
    ctx.reply(Sum{m.tag + asked, ctx.block_dim(), ctx.thread_id()});
  }
};

} // namespace teams
