// A6. Screens bank transactions against rules and appends alerts to a list through an atomic
// cursor. Amounts are in cents, as 64-bit integers: no float comes near money.
#include <ring/kernel.h>

enum class Channel : std::uint8_t { branch, card, wire, crypto };

enum class Rule : std::uint16_t {
  large_amount = 100,
  structuring = 200,
  velocity = 300,
  blocked_country = 400,
};

struct Transaction {
  std::uint64_t id;
  std::uint64_t amount; // cents
  std::uint32_t account;
  std::uint32_t per_hour; // transactions of this account in the last hour
  std::uint16_t country;  // ISO 3166 numeric
  Channel channel;
  std::uint8_t risk;  // 0 … 100
  std::int32_t drift; // seconds between booking and value date
};

struct Rules {
  std::uint64_t large_amount;
  std::uint64_t structuring_floor; // amounts just under large_amount begin here
  std::uint32_t max_per_hour;
  std::uint16_t blocked_countries[3];
  std::uint8_t min_risk;
};

struct Alert {
  std::uint64_t transaction;
  std::uint64_t score;
  std::uint32_t account;
  Rule rule;
  std::uint8_t severity;
  std::uint8_t channel;
};

namespace {

/// Exposure in hundredths of a cent: exact in 64 bits where 32 would wrap.
std::uint64_t exposure(const Transaction& t) {
  return t.amount * (100u + static_cast<std::uint64_t>(t.risk));
}

std::uint8_t severity_of(const Transaction& t, const Rules& rules) {
  if (t.amount >= 10 * rules.large_amount) {
    return 4;
  } else if (t.amount >= rules.large_amount) {
    return 3;
  } else if (t.channel == Channel::crypto || t.drift < -86400) {
    return 2;
  } else {
    return 1;
  }
}

bool is_blocked(const Rules& rules, std::uint16_t country) {
  for (const std::uint16_t blocked : rules.blocked_countries)
    if (blocked == country) return true;
  return false;
}

void raise_alert(ring::span<Alert> alerts, ring::span<std::uint32_t> cursor, const Transaction& t,
                 Rule rule, std::uint8_t severity, std::uint64_t score) {
  const std::uint32_t slot = ring::atomic_add(cursor[0], 1u);
  if (slot >= alerts.size())
    return; // the cursor goes on counting, so the host sees how many were lost
  alerts[slot] =
      Alert{t.id, score, t.account, rule, severity, static_cast<std::uint8_t>(t.channel)};
}

} // namespace

RING_GLOBAL(.block = {128})
void monitor_transactions(ring::span<const Transaction> transactions, ring::span<Alert> alerts,
                          ring::span<std::uint32_t> cursor, Rules rules) {
  const auto i = ring::global_id().x;
  if (i >= transactions.size()) return;
  const Transaction& t = transactions[i];
  if (t.risk < rules.min_risk) return;

  const std::uint8_t severity = severity_of(t, rules);
  if (t.amount >= rules.large_amount) {
    raise_alert(alerts, cursor, t, Rule::large_amount, severity, exposure(t));
  } else if (t.amount >= rules.structuring_floor) {
    raise_alert(alerts, cursor, t, Rule::structuring, severity, rules.large_amount - t.amount);
  }
  if (t.per_hour > rules.max_per_hour) {
    raise_alert(alerts, cursor, t, Rule::velocity, severity, t.amount * t.per_hour);
  }
  if (is_blocked(rules, t.country)) {
    raise_alert(alerts, cursor, t, Rule::blocked_country, 4, t.amount * t.amount);
    if (t.channel == Channel::wire) {
      raise_alert(alerts, cursor, t, Rule::blocked_country, 5, ~t.id);
    }
  }
}
