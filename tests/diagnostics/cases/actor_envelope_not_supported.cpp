#include <ring/kernel.h>

struct RING_MESSAGE() Deposit { float amount; };

// expected-error@+1 {{only ring::Envelope::compact is supported yet; leave .envelope out}} [RC1003]
struct RING_ACTOR(.envelope = ring::Envelope::full) Ledger {
  float balance = 0;
  void receive(ring::Context&, const Deposit& m) { balance += m.amount; }
};
