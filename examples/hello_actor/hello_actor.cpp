#include <ring/kernel.h>

struct RING_MESSAGE() Greeting {
  std::uint32_t from;
};

struct RING_MESSAGE() Welcome {
  std::uint32_t to;
  std::uint32_t guests; // so far
};

// Its fields are its state: they stay on the device from one message to the next.
struct RING_ACTOR(.name = "doorman") Doorman {
  std::uint32_t guests = 0;

  void receive(ring::Context& context, const Greeting& greeting) {
    ++guests;
    context.reply(Welcome{greeting.from, guests});
  }
};
