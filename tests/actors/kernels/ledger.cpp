// C3: two message types, one actor, replies that find their caller.
#include <ring/kernel.h>

namespace ledger {

struct RING_MESSAGE() Deposit {
  std::uint32_t account;
  float amount;
};

struct RING_MESSAGE() Withdraw {
  std::uint32_t account;
  float amount;
};

struct RING_MESSAGE() Balance {
  std::uint32_t account;
  float amount;
};

struct RING_MESSAGE() Refused {
  std::uint32_t account;
};

struct RING_ACTOR(.name = "ledger", .mailbox = 1024) Ledger {
  float balance[256] = {};

  void receive(ring::Context& context, const Deposit& m) {
    balance[m.account] += m.amount;
    context.reply(Balance{m.account, balance[m.account]});
  }
  void receive(ring::Context& context, const Withdraw& m) {
    if (balance[m.account] < m.amount) {
      context.reply(Refused{m.account});
      return;
    }
    balance[m.account] -= m.amount;
    context.reply(Balance{m.account, balance[m.account]});
  }
};

} // namespace ledger
