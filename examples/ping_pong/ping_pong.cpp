// Two actors that play on the device: the host is told when the game is over.
#include <ring/kernel.h>

struct RING_MESSAGE() Serve {
  std::uint32_t rallies;
};

struct RING_MESSAGE() Ball {
  std::uint32_t left; // rallies
};

struct RING_MESSAGE() GameOver {
  std::uint32_t hits;
};

struct RING_ACTOR(.name = "ping", .mailbox = 4) Ping {
  ring::Route<Ball> other;
  ring::Route<GameOver> out;
  std::uint32_t hits = 0;

  void receive(ring::Context& context, const Serve& serve) {
    context.send(other, Ball{serve.rallies});
  }
  void receive(ring::Context& context, const Ball& ball) {
    ++hits;
    if (ball.left == 0) {
      context.send(out, GameOver{hits});
    } else {
      context.send(other, ball);
    }
  }
};

struct RING_ACTOR(.name = "pong", .mailbox = 4) Pong {
  void receive(ring::Context& context, const Ball& ball) { context.reply(Ball{ball.left - 1}); }
};
