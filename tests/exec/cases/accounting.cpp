#include "inputs.h"
#include "lists.h"

#include <cmath>

namespace accounting {
#include "../kernels/accounting.cpp"
}

namespace ring::exec {
namespace {

using accounting::AccountActivity;
using accounting::Posting;

std::vector<AccountActivity> make_accounts(std::uint32_t n) {
  Random random(23);
  std::vector<AccountActivity> all;
  for (std::uint32_t i = 0; i < n; ++i) {
    all.push_back({(random.unit() - 0.5) * 1e9, random.below(5) == 0 ? 0.0 : random.unit() * 1e10,
                   static_cast<std::uint32_t>(random.below(100000)),
                   static_cast<std::uint16_t>(random.below(800)),
                   static_cast<std::uint8_t>(random.below(2)),
                   static_cast<std::uint8_t>(random.below(101))});
  }
  return all;
}

std::vector<Posting> make_postings(std::uint32_t n) {
  Random random(24);
  std::vector<Posting> all;
  for (std::uint32_t i = 0; i < n; ++i) {
    Posting p{static_cast<std::uint16_t>(1000 + random.below(5000)),
              static_cast<std::uint16_t>(1000 + random.below(5000)),
              static_cast<std::uint8_t>(random.below(13)),
              static_cast<std::uint8_t>(random.below(4) == 0 ? 0 : random.bits())};
    if (random.below(9) == 0) p.credit = p.debit;
    all.push_back(p);
  }
  return all;
}

std::vector<double> fibonacci(std::size_t n) {
  std::vector<double> numbers = {1, 1};
  while (numbers.size() < n)
    numbers.push_back(numbers.back() + numbers[numbers.size() - 2]);
  return numbers;
}

} // namespace

void add_accounting(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 129u, 4000u}) {
    list.add("A10", "accounting", "suspense_" + std::to_string(n), kF64, [=](CaseBuilder& c) {
      const auto accounts = c.buffer("accounts", make_accounts(n));
      const auto scores = c.output<double>("scores", n);
      c.launch("score_suspense", accounting::score_suspense, {128}, {n}, accounts, scores);
      c.check([=](const Results& r) -> std::string {
        for (const double s : r.read(scores))
          if (!(s >= 0.0 && s <= 1.0)) return "a score is not in [0, 1]";
        return {};
      });
    });
    list.add("A10", "accounting", "violations_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto postings = c.buffer("postings", make_postings(n));
      const auto violations = c.output<std::uint8_t>("violations", n);
      c.launch("find_violations", accounting::find_violations, {128}, {n}, postings, violations,
               std::uint8_t{3});
    });
    list.add("A10", "accounting", "pagerank_init_" + std::to_string(n), kF64, [=](CaseBuilder& c) {
      const auto ranks = c.output<double>("ranks", n);
      const auto degrees = c.buffer("out_degrees", whole<std::uint32_t>(n, 0, 9, 25));
      const auto shares = c.output<double>("shares", n);
      c.launch("init_pagerank", accounting::init_pagerank, {256}, {n}, ranks, degrees, shares);
    });
  }
  list.add("A10", "accounting", "violations_known", kNone, [](CaseBuilder& c) {
    const auto postings = c.buffer<Posting>(
        "postings",
        {{1000, 2000, 5, 1}, {4000, 5999, 5, 1}, {1000, 1000, 2, 0}, {5000, 4999, 3, 255}});
    const auto violations = c.output<std::uint8_t>("violations", 4);
    c.launch("find_violations", accounting::find_violations, {128}, {4}, postings, violations,
             std::uint8_t{3});
    c.expect<std::uint8_t>(violations, {0, 2, 1 | 4 | 8, 2});
  });
  list.add("A10", "accounting", "benford_fibonacci", kF64, [](CaseBuilder& c) {
    const auto amounts = c.buffer("amounts", fibonacci(1000));
    const auto counts = c.buffer("counts", filled<std::uint32_t>(10, 0));
    c.launch("count_first_digits", accounting::count_first_digits, {256}, {1000}, amounts, counts);
    c.expect<std::uint32_t>(counts, {301, 177, 125, 96, 80, 67, 56, 53, 45, 0});
  });
  list.add("A10", "accounting", "benford_edges", kF64, [](CaseBuilder& c) {
    const auto amounts = c.buffer<double>("amounts", {0.0, -5.0, 1.0, 9.0, 10.0, 99.5, 100.0,
                                                      1000.0, 1e15, 0.5, 0.03, 0.0078, 2.5e-7});
    const auto counts = c.buffer("counts", filled<std::uint32_t>(10, 0));
    c.launch("count_first_digits", accounting::count_first_digits, {256}, {13}, amounts, counts);
    c.expect<std::uint32_t>(counts, {5, 1, 1, 0, 1, 0, 1, 0, 2, 2});
  });
}

} // namespace ring::exec
