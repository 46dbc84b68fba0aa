// C4: two actors that play without the host.
#include <ring/kernel.h>

namespace ping_pong {

struct RING_MESSAGE() Play {
  std::uint32_t rounds;
};

struct RING_MESSAGE() Ball {
  std::uint32_t left; // rounds
};

struct RING_MESSAGE() Done {
  std::uint32_t hits;
  std::uint32_t clock_went_back; // how often
};

struct RING_ACTOR(.name = "ping", .mailbox = 4) Ping {
  ring::Route<Ball> pong;
  ring::Route<Done> out;
  std::uint32_t hits = 0;
  std::uint32_t wrong = 0;

  void receive(ring::Context& context, const Play& play) {
    hits = 0;
    context.send(pong, Ball{play.rounds});
  }
  void receive(ring::Context& context, const Ball& ball) {
    ++hits;
    if (!(context.header().stamp < context.now())) ++wrong;
    if (ball.left != 0) {
      context.send(pong, ball);
    } else {
      context.send(out, Done{hits, wrong});
    }
  }
};

struct RING_ACTOR(.name = "pong", .mailbox = 4) Pong {
  void receive(ring::Context& context, const Ball& ball) { context.reply(Ball{ball.left - 1}); }
};

} // namespace ping_pong
