#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };
struct Balance { float amount; };

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{'Balance' is no message; declare it as struct RING_MESSAGE() Balance}} [RC1201]
  ring::Route<Balance> next;
  void receive(ring::Context& context, const Deposit& m) { context.send(next, Balance{m.amount}); }
};
