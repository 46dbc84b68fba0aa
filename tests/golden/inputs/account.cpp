#include <ring/kernel.h>

struct RING_MESSAGE() Deposit {
  std::uint32_t account;
  float amount;
};
struct RING_MESSAGE() Balance {
  std::uint32_t account;
  float amount;
};

struct RING_ACTOR(.name = "ledger", .mailbox = 1024) Ledger {
  float balance[256] = {};

  void receive(ring::Context& ctx, const Deposit& m) {
    balance[m.account] += m.amount;
    ctx.reply(Balance{m.account, balance[m.account]});
  }
};
