// A ledger of accounts, and an auditor that hears of every large movement.
#include <ring/kernel.h>

namespace bank {

struct RING_MESSAGE() Deposit {
  std::uint32_t account;
  std::int64_t cents;
};

struct RING_MESSAGE() Transfer {
  std::uint32_t from;
  std::uint32_t to;
  std::int64_t cents;
};

struct RING_MESSAGE() Balance {
  std::uint32_t account;
  std::int64_t cents;
};

struct RING_MESSAGE() Refused {
  std::uint32_t account;
  std::int64_t short_of; // cents
};

struct RING_MESSAGE() Movement {
  std::uint32_t account;
  std::int64_t cents;
};

struct RING_MESSAGE() Question {
  std::uint32_t unused;
};

struct RING_MESSAGE() Report {
  std::uint32_t movements;
  std::int64_t cents;
};

inline constexpr std::uint32_t kAccounts = 64;

struct RING_ACTOR(.name = "ledger", .mailbox = 256) Ledger {
  ring::Route<Movement> auditor;
  RING_PARAM() std::int64_t large; // cents: what the auditor hears of
  std::int64_t balance[kAccounts] = {};

  void receive(ring::Context& context, const Deposit& m) {
    balance[m.account] += m.cents;
    tell(context, m.account, m.cents);
    context.reply(Balance{m.account, balance[m.account]});
  }

  void receive(ring::Context& context, const Transfer& m) {
    if (balance[m.from] < m.cents) {
      context.reply(Refused{m.from, m.cents - balance[m.from]});
      return;
    }
    balance[m.from] -= m.cents;
    balance[m.to] += m.cents;
    tell(context, m.from, m.cents);
    context.reply(Balance{m.from, balance[m.from]});
  }

  void tell(ring::Context& context, std::uint32_t account, std::int64_t cents) {
    if (cents >= large) context.send(auditor, Movement{account, cents});
  }
};

struct RING_ACTOR(.name = "auditor") Auditor {
  std::uint32_t movements = 0;
  std::int64_t cents = 0;

  void receive(ring::Context&, const Movement& m) {
    ++movements;
    cents += m.cents;
  }
  void receive(ring::Context& context, const Question&) { context.reply(Report{movements, cents}); }
};

} // namespace bank
