// C5: ingest → filter → aggregate → alert, every event exactly once.
#include <ring/kernel.h>

namespace pipeline {

struct RING_MESSAGE() Event {
  std::uint32_t number;
  std::uint32_t key;
  std::uint64_t amount;
};

struct RING_MESSAGE() Total {
  std::uint32_t key;
  std::uint32_t events;
  std::uint64_t amount;
};

struct RING_MESSAGE() Alert {
  std::uint32_t key;
  std::uint32_t events;
  std::uint64_t amount;
  std::uint32_t number; // of this alert
};

struct RING_MESSAGE() Flush {
  std::uint32_t unused;
};

struct RING_MESSAGE() Seen {
  std::uint32_t events;
  std::uint32_t out_of_order;
};

inline constexpr std::uint32_t kKeys = 8;

struct RING_ACTOR(.name = "ingest", .mailbox = 16) Ingest {
  ring::Route<Event, Flush> next;
  std::uint32_t expected = 0;
  std::uint32_t out_of_order = 0;

  void receive(ring::Context& context, const Event& event) {
    if (event.number != expected) ++out_of_order;
    expected = event.number + 1;
    context.send(next, event);
  }
  void receive(ring::Context& context, const Flush& flush) {
    context.reply(Seen{expected, out_of_order});
    context.send(next, flush);
  }
};

struct RING_ACTOR(.name = "filter", .mailbox = 8) Filter {
  ring::Route<Event, Flush> next;
  RING_PARAM() std::uint64_t smallest;

  void receive(ring::Context& context, const Event& event) {
    if (event.amount >= smallest) context.forward(next);
  }
  void receive(ring::Context& context, const Flush& flush) { context.send(next, flush); }
};

struct RING_ACTOR(.name = "aggregate", .mailbox = 4) Aggregate {
  ring::Route<Total> next;
  std::uint64_t amount[kKeys] = {};
  std::uint32_t events[kKeys] = {};

  void receive(ring::Context&, const Event& event) {
    amount[event.key % kKeys] += event.amount;
    ++events[event.key % kKeys];
  }
  void receive(ring::Context& context, const Flush&) {
    for (std::uint32_t key = 0; key < kKeys; ++key)
      context.send(next, Total{key, events[key], amount[key]});
  }
};

struct RING_ACTOR(.name = "alert", .mailbox = 2) Alerts {
  ring::Route<Alert> out;
  std::uint32_t alerts = 0;

  void receive(ring::Context& context, const Total& total) {
    context.send(out, Alert{total.key, total.events, total.amount, alerts});
    ++alerts;
  }
};

} // namespace pipeline
