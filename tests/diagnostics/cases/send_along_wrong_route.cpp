#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };
struct RING_MESSAGE() Balance { float amount; };

struct RING_ACTOR() Ledger {
  ring::Route<Deposit> next;
  void receive(ring::Context& context, const Deposit& m) {
    // expected-error@+1 {{no matching member function for call to 'send'}} [RC1001]
    context.send(next, Balance{m.amount});
  }
};
