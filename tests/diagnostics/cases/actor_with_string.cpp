#include <ring/kernel.h>
#include <string>

struct RING_MESSAGE() Deposit { float amount; };

struct RING_ACTOR() Ledger {
  // expected-error@+1 {{a field of an actor cannot hold an address}} [RC1202]
  std::string owner;
  void receive(ring::Context&, const Deposit&) { owner = "me"; }
};
