#include "inputs.h"
#include "lists.h"

namespace transaction_monitor {
#include "../kernels/transaction_monitor.cpp"
}

namespace ring::exec {
namespace {

using namespace transaction_monitor;

static_assert(sizeof(Transaction) == 32 && sizeof(Rules) == 32 && sizeof(Alert) == 24);

constexpr Rules kRules{.large_amount = 5'000'000'000'00, // beyond 32 bits
                       .structuring_floor = 4'900'000'000'00,
                       .max_per_hour = 20,
                       .blocked_countries = {408, 364, 65535},
                       .min_risk = 5};

std::vector<Transaction> make_transactions(std::uint32_t n, std::uint64_t seed) {
  Random random(seed);
  std::vector<Transaction> all;
  const std::uint16_t countries[] = {756, 276, 408, 840, 364, 65535};
  const std::uint64_t ceilings[] = {100'00, 5'000'000'000'00, 5'100'000'000'00, 80'000'000'000'00};
  for (std::uint32_t i = 0; i < n; ++i) {
    Transaction t{};
    t.id = random.bits();
    t.amount = random.below(ceilings[random.below(4)]);
    if (random.below(8) == 0) t.amount = kRules.large_amount - random.below(3);
    t.account = static_cast<std::uint32_t>(random.bits());
    t.per_hour = static_cast<std::uint32_t>(random.below(30));
    t.country = countries[random.below(6)];
    t.channel = static_cast<Channel>(random.below(4));
    t.risk = static_cast<std::uint8_t>(random.below(101));
    t.drift = static_cast<std::int32_t>(random.below(400000)) - 200000;
    all.push_back(t);
  }
  return all;
}

} // namespace

void add_transaction_monitor(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 127u, 5000u}) {
    list.add("A6", "transaction_monitor", "screen_" + std::to_string(n), kNone,
             [=](CaseBuilder& c) {
               const auto transactions = c.buffer("transactions", make_transactions(n, 15));
               const auto alerts = c.buffer(
                   "alerts", filled<Alert>(4 * n + 1, Alert{}),
                   in_any_order<Alert>("threads take slots from the cursor in no promised order"));
               const auto cursor = c.buffer<std::uint32_t>("cursor", {0});
               c.launch("monitor_transactions", monitor_transactions, {128}, {n}, transactions,
                        alerts, cursor, kRules);
             });
  }
  list.add("A6", "transaction_monitor", "known", kNone, [](CaseBuilder& c) {
    const Transaction clean{1, 100'00, 7, 1, 756, Channel::card, 50, 0};
    const Transaction huge{2, 60'000'000'000'00, 8, 1, 756, Channel::branch, 100, 0};
    const Transaction trusted{3, 60'000'000'000'00, 9, 99, 408, Channel::wire, 4, 0};
    const Transaction blocked{4, 3, 10, 21, 408, Channel::wire, 5, -90000};
    const auto transactions =
        c.buffer<Transaction>("transactions", {clean, huge, trusted, blocked});
    const auto alerts =
        c.buffer("alerts", filled<Alert>(4, Alert{}), in_any_order<Alert>("order of the cursor"));
    const auto cursor = c.buffer<std::uint32_t>("cursor", {0});
    c.launch("monitor_transactions", monitor_transactions, {128}, {4}, transactions, alerts, cursor,
             kRules);
    c.expect<std::uint32_t>(cursor, {4});
    c.check([=](const Results& r) -> std::string {
      std::uint64_t scores = 0;
      for (const Alert& a : r.read(alerts)) {
        if (a.rule == Rule::large_amount && (a.transaction != 2 || a.severity != 4))
          return "the large amount is not that of transaction 2";
        scores += a.score;
      }
      // 60e9 francs in cents at 200 %, 3 × 21, 3 × 3, ~4.
      const std::uint64_t wanted = 6'000'000'000'000u * 200u + 63 + 9 + ~std::uint64_t{4};
      return scores == wanted ? "" : "the scores do not add up";
    });
  });
  list.add("A6", "transaction_monitor", "list_overflows", kNone, [](CaseBuilder& c) {
    const auto transactions = c.buffer("transactions", make_transactions(1000, 16));
    const auto alerts = c.buffer("alerts", filled<Alert>(10, Alert{}),
                                 ignored("which alerts find room depends on the order of threads"));
    const auto cursor = c.buffer<std::uint32_t>("cursor", {0});
    c.launch("monitor_transactions", monitor_transactions, {128}, {1000}, transactions, alerts,
             cursor, kRules);
    c.check([=](const Results& r) -> std::string {
      for (const Alert& a : r.read(alerts))
        if (a.severity == 0 || a.severity > 5) return "a slot of the full list was not written";
      return {};
    });
  });
}

} // namespace ring::exec
