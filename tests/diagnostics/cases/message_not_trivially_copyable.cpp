#include <ring/kernel.h>

// expected-error@+1 {{the message 'Deposit' is not trivially copyable; a message is copied as bytes}} [RC1201]
struct RING_MESSAGE() Deposit {
  Deposit(const Deposit& other) : amount(other.amount) {}
  float amount;
};

struct RING_ACTOR() Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};
