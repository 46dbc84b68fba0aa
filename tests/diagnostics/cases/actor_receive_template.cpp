#include <ring/kernel.h>

struct RING_ACTOR() Ledger {
  float balance = 0;
  // expected-error@+2 {{receive() cannot be a template; write one for each message, which may call the template}} [RC1202]
  template <class Message>
  void receive(ring::Context&, const Message& m) { balance += m.amount; }
};
