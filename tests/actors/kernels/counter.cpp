// C2: state that lives on the device, and all the other events of a life.
#include <ring/kernel.h>

#include <array>

namespace counter {

struct RING_MESSAGE() Add {
  std::uint32_t amount;
};

struct RING_MESSAGE() Ask {
  std::uint32_t unused;
};

struct RING_MESSAGE() Stop {
  std::uint32_t unused;
};

struct RING_MESSAGE() Count {
  std::uint32_t value;
  std::uint32_t starts;
};

struct RING_MESSAGE() Goodbye {
  std::uint32_t value;
};

struct RING_ACTOR(.name = "counter", .mailbox = 64) Counter {
  RING_PARAM() std::uint32_t first;
  RING_PARAM() std::array<float, 3> weights;
  std::uint32_t value = 7; // start() sets it
  std::uint32_t starts = 0;

  void on_start(ring::Context&) {
    value = first;
    ++starts;
  }
  void receive(ring::Context&, const Add& add) {
    value += add.amount * static_cast<std::uint32_t>(weights[1]);
  }
  void receive(ring::Context& context, const Ask&) { context.reply(Count{value, starts}); }
  void receive(ring::Context& context, const Stop&) { context.stop(); }
  void on_stop(ring::Context& context) { context.reply(Goodbye{value}); }
};

// How often it had nothing to do after it had something.
struct RING_ACTOR(.name = "idler") Idler {
  std::uint32_t idles = 0;

  void on_idle(ring::Context&) { ++idles; }
  void receive(ring::Context& context, const Ask&) { context.reply(Count{idles, 1}); }
};

} // namespace counter
