// Rule 10: actors that are told what became of their messages.
#include <ring/kernel.h>

namespace undelivered {

struct RING_MESSAGE() Order {
  std::uint32_t number;
};

struct RING_MESSAGE() Buy {
  std::uint32_t first;
  std::uint32_t count;
};

// Customers do not know what to do with it.
struct RING_MESSAGE() Invoice {
  std::uint32_t number;
};

enum class What : std::uint32_t { other, order, invoice };

struct RING_MESSAGE() Failed {
  What what;
  ring::Reason reason;
  std::uint32_t correlation;
  std::uint32_t
      went_to_shop; // 1: the route's target, which the answer comes from unless it is gone
};

struct RING_ACTOR(.name = "customer", .mailbox = 8) Customer {
  ring::Route<Order> shop;
  ring::Route<Failed> out;

  void receive(ring::Context& context, const Buy& buy) {
    for (std::uint32_t i = 0; i < buy.count; ++i)
      context.send(shop, Order{buy.first + i});
  }
  void receive(ring::Context& context, const ring::Undelivered& m) {
    const What what = m.is<Order>() ? What::order : What::other;
    context.send(out, Failed{what, m.reason, m.correlation, m.destination == shop.actor ? 1U : 0U});
  }
};

struct RING_ACTOR(.name = "shop", .mailbox = 4) Shop {
  ring::Route<Failed> out;

  void receive(ring::Context& context, const Order& order) { context.reply(Invoice{order.number}); }
  void receive(ring::Context& context, const ring::Undelivered& m) {
    const What what = m.is<Invoice>() ? What::invoice : What::other;
    context.send(out, Failed{what, m.reason, m.correlation, 0});
  }
};

// Hands orders on to another, and handles nothing itself.
struct RING_ACTOR(.name = "agent", .mailbox = 4) Agent {
  ring::Route<Order> next;

  void receive(ring::Context& context, const Order&) { context.forward(next); }
};

} // namespace undelivered
