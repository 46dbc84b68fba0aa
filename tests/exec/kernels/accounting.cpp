// A10. Audit tests on ledgers: suspense accounts, accounting rules, Benford's law, and the start of
// a PageRank.
#include <ring/kernel.h>

#include <cmath>

struct AccountActivity {
  double balance;
  double turnover;
  std::uint32_t entries;
  std::uint16_t days_open;
  std::uint8_t is_control; // a control account is expected to carry a balance
  std::uint8_t cleared;    // share of entries cleared, in percent
};

/// How much an account looks like a place to park what should have been booked elsewhere; 0 (clean)
/// to 1.
RING_GLOBAL(.block = {128})
void score_suspense(ring::span<const AccountActivity> accounts, ring::span<double> scores) {
  const auto i = ring::global_id().x;
  if (i >= accounts.size()) return;
  const AccountActivity& a = accounts[i];

  double score = 0.0;
  if (a.turnover > 0.0)
    score += 0.4 * (1.0 - std::abs(a.balance) / (a.turnover + std::abs(a.balance)));
  if (a.days_open > 30) score += 0.2 * std::fmin(1.0, (a.days_open - 30) / 335.0);
  score += 0.3 * (100 - a.cleared) / 100.0;
  score += 0.1 / (1.0 + std::sqrt(static_cast<double>(a.entries)));
  scores[i] = a.is_control ? 0.5 * score : score;
}

struct Posting {
  std::uint16_t debit; // account numbers: 1xxx assets, 2xxx liabilities, 3xxx equity, 4xxx revenue,
                       // 5xxx expense
  std::uint16_t credit;
  std::uint8_t period;
  std::uint8_t approved_by;
};

/// One bit a rule: 0 same account on both sides, 1 revenue against expense, 2 closed period, 3
/// nobody approved.
RING_GLOBAL(.block = {128})
void find_violations(ring::span<const Posting> postings, ring::span<std::uint8_t> violations,
                     std::uint8_t first_open_period) {
  const auto i = ring::global_id().x;
  if (i >= postings.size()) return;
  const Posting p = postings[i];
  const int debit_class = p.debit / 1000;
  const int credit_class = p.credit / 1000;

  std::uint8_t found = 0;
  found |= p.debit == p.credit ? 1 : 0;
  found |=
      (debit_class == 4 && credit_class == 5) || (debit_class == 5 && credit_class == 4) ? 2 : 0;
  found |= p.period < first_open_period ? 4 : 0;
  found |= p.approved_by == 0 ? 8 : 0;
  violations[i] = found;
}

namespace {

/// First decimal digit of a finite number above zero.
int first_digit(double value) {
  // log10 may be off by one ulp on either side of a power of ten, so its answer is only where the
  // search begins.
  int exponent = static_cast<int>(std::floor(std::log10(value)));
  double power = 1.0;
  for (int e = 0; e < (exponent < 0 ? -exponent : exponent); ++e)
    power *= 10.0;
  double leading = exponent < 0 ? value * power : value / power;
  if (leading >= 10.0) leading /= 10.0;
  if (leading < 1.0) leading *= 10.0;
  return static_cast<int>(leading);
}

} // namespace

/// Counts first digits 1 … 9 in counts[0 … 8]; counts[9] takes what has no first digit (zero and
/// below).
RING_GLOBAL(.block = {256})
void count_first_digits(ring::span<const double> amounts, ring::span<std::uint32_t> counts) {
  const auto i = ring::global_id().x;
  if (i >= amounts.size()) return;
  const double amount = amounts[i];
  ring::atomic_add(counts[amount > 0.0 ? first_digit(amount) - 1 : 9], 1u);
}

RING_GLOBAL(.block = {256})
void init_pagerank(ring::span<double> ranks, ring::span<const std::uint32_t> out_degrees,
                   ring::span<double> shares) {
  const std::size_t i = ring::global_id().x;
  const std::size_t n = ranks.size();
  if (i >= n) return;
  const double rank = 1.0 / static_cast<double>(n);
  ranks[i] = rank;
  shares[i] = out_degrees[i] == 0 ? 0.0 : rank / out_degrees[i];
}
