// Language set: shared memory and barriers, atomics, warp operations.
#include "../inputs.h"
#include "../lists.h"

#include <algorithm>
#include <numeric>

namespace shared_memory {
#include "../../kernels/language/shared_memory.cpp"
}
namespace agreement {
#include "../../kernels/language/agreement.cpp"
}
namespace atomics {
#include "../../kernels/language/atomics.cpp"
}
namespace warps {
#include "../../kernels/language/warps.cpp"
}

namespace ring::exec {
namespace {

void add_shared_memory(CaseList& list) {
  list.add("language", "shared_memory", "narrow_shared", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer("in", any_bits<std::uint8_t>(320, 114));
    const auto out = c.output<std::uint32_t>("out", 320);
    c.launch("narrow_shared", shared_memory::narrow_shared, {64}, {320}, in, out);
  });
  list.add("language", "shared_memory", "struct_shared", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer("in", whole<std::int32_t>(256, -100000, 100000, 115));
    const auto out = c.output<std::int32_t>("out", 256);
    c.launch("struct_shared", shared_memory::struct_shared, {8, 8}, {32, 8}, in, out);
  });
  for (const std::uint32_t n : {1u, 64u, 1000u}) {
    list.add("language", "shared_memory", "through_functions_" + std::to_string(n), kNone,
             [=](CaseBuilder& c) {
               const auto in = c.buffer("in", any_bits<std::uint32_t>(n, 116));
               const auto out = c.output<std::uint32_t>("out", n);
               c.launch("shared_through_functions", shared_memory::shared_through_functions, {64},
                        {n}, in, out);
             });
  }
  list.add("language", "shared_memory", "diffuse", kNone, [](CaseBuilder& c) {
    const auto values = c.buffer("values", whole<std::int32_t>(256, -10000, 10000, 117));
    const auto rounds = c.buffer<std::uint32_t>("rounds", {0, 1, 2, 9});
    c.launch("diffuse", shared_memory::diffuse, {64}, {256}, values, rounds);
  });
  for (const std::uint32_t mode : {0u, 1u}) {
    list.add("language", "shared_memory", "uniform_branches_" + std::to_string(mode), kNone,
             [=](CaseBuilder& c) {
               const auto values = c.buffer("values", any_bits<std::uint32_t>(300, 118));
               c.launch("uniform_branches", shared_memory::uniform_branches, {64}, {300}, values,
                        mode);
             });
  }
  list.add("language", "shared_memory", "uniform_loads", kNone, [](CaseBuilder& c) {
    const auto values = c.buffer("values", any_bits<std::uint32_t>(512, 130));
    const auto rounds = c.buffer<std::uint32_t>("rounds", {0, 1, 2, 9, 70, 3, 4, 5});
    c.launch("uniform_loads", shared_memory::uniform_loads, {64}, {512}, values, rounds);
  });
}

void add_agreement(CaseList& list) {
  list.add("language", "agreement", "shared_verdicts", kNone, [](CaseBuilder& c) {
    const auto rounds = c.buffer<std::uint32_t>("rounds", {0, 1, 2, 30, 7, 100, 5, 64});
    const auto values = c.buffer("values", any_bits<std::uint32_t>(512, 131));
    c.launch("shared_verdicts", agreement::shared_verdicts, {64}, {512}, rounds, values);
  });
  list.add("language", "agreement", "buffer_verdicts", kNone, [](CaseBuilder& c) {
    const auto control = c.buffer<std::int32_t>(
        "control", {0, -1, 0, 1, 2, 5, -9, 2, 6, 1000, 3, 0, 5, 7, 0, 1 << 30, -1, 1});
    const auto values = c.buffer("values", any_bits<std::uint32_t>(384, 132));
    c.launch("buffer_verdicts", agreement::buffer_verdicts, {64}, {384}, control, values);
  });
  for (const std::uint32_t limit : {0u, 0x2000'0000u, 0xF800'0000u}) {
    list.add("language", "agreement", "early_returns_" + std::to_string(limit), kNone,
             [=](CaseBuilder& c) {
               const auto values = c.buffer("values", any_bits<std::uint32_t>(1024, 133));
               c.launch("early_returns", agreement::early_returns, {64}, {1024}, values, limit);
             });
  }
  list.add("language", "agreement", "parted_turns", kNone, [](CaseBuilder& c) {
    const auto values = c.buffer("values", any_bits<std::uint32_t>(320, 134));
    const auto rounds = c.buffer<std::uint32_t>("rounds", {0, 1, 2, 9, 70});
    c.launch("parted_turns", agreement::parted_turns, {64}, {320}, values, rounds, 5u);
  });
  for (const std::uint32_t some : {0u, 4u, 1000u}) {
    list.add("language", "agreement", "parted_last_turns_" + std::to_string(some), kNone,
             [=](CaseBuilder& c) {
               const auto values = c.buffer("values", any_bits<std::uint32_t>(640, 136));
               c.launch("parted_last_turns", agreement::parted_last_turns, {64}, {640}, values,
                        some);
             });
  }
  list.add("language", "agreement", "parted_cases", kNone, [](CaseBuilder& c) {
    const auto values = c.buffer("values", any_bits<std::uint32_t>(256, 137));
    c.launch("parted_cases", agreement::parted_cases, {64}, {256}, values);
  });
  list.add("language", "agreement", "flat_verdicts", kNone, [](CaseBuilder& c) {
    const auto values = c.buffer("values", any_bits<std::uint32_t>(256, 135));
    c.launch("flat_verdicts", agreement::flat_verdicts, {8, 4}, {64, 4}, values);
  });
}

void add_atomics(CaseList& list) {
  for (const std::uint32_t n : {0u, 1u, 5000u}) {
    list.add("language", "atomics", "free_forms_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto in = c.buffer("in", any_bits<std::uint32_t>(n, 119));
      atomics::Totals start{};
      start.smallest = start.all_bits = ~0u;
      start.signed_smallest = INT32_MAX;
      start.signed_largest = INT32_MIN;
      const auto totals = c.buffer<atomics::Totals>("totals", {start});
      c.launch("free_forms", atomics::free_forms, {64}, {n}, in, totals);
      c.check([=](const Results& r) -> std::string {
        const atomics::Totals t = r.read(totals)[0];
        return t.increments == n && t.decrements == 0 - n && t.added == 0 - t.subtracted
                   ? ""
                   : "increments are not one a thread";
      });
    });
  }
  list.add("language", "atomics", "values_before", kNone, [](CaseBuilder& c) {
    const std::uint32_t n = 1000;
    const auto words = c.buffer<std::uint32_t>("words", {0, 0, 1, 0},
                                               ignored("words[1] is whichever thread came last"));
    const auto tickets = c.output<std::uint32_t>("tickets", n);
    const auto tokens = c.output<std::uint32_t>("tokens", n, ignored("who hands to whom is open"));
    c.launch("values_before", atomics::values_before, {64}, {n}, words, tickets, tokens);
    c.check([=](const Results& r) -> std::string {
      const auto w = r.read(words);
      std::uint32_t power = 1;
      for (std::uint32_t i = 0; i < n; ++i)
        power = power * 3 + 1;
      if (w[0] != n || w[2] != power || w[3] != 77) return "tickets, compare-and-swap or store";
      auto chain = r.read(tokens); // every token handed on once: 0 … n, without the one still there
      chain.push_back(w[1]);
      std::sort(chain.begin(), chain.end());
      for (std::uint32_t i = 0; i <= n; ++i)
        if (chain[i] != i) return "exchange lost a token";
      return {};
    });
  });
  for (const std::uint32_t n : {1u, 64u, 3000u}) {
    list.add("language", "atomics", "last_block_sums_" + std::to_string(n), kNone,
             [=](CaseBuilder& c) {
               const auto values = any_bits<std::uint32_t>(n, 120);
               const auto in = c.buffer("in", values);
               const auto partial = c.output<std::uint32_t>("partial", (n + 63) / 64);
               const auto done = c.buffer<std::uint32_t>("done", {0});
               const auto total = c.output<std::uint32_t>("total", 1);
               c.launch("last_block_sums", atomics::last_block_sums, {64}, {n}, in, partial, done,
                        total);
               c.expect<std::uint32_t>(total, {std::accumulate(values.begin(), values.end(), 0u)});
             });
    list.add("language", "atomics", "through_references_" + std::to_string(n), kFences,
             [=](CaseBuilder& c) {
               const auto in = c.buffer("in", any_bits<std::int32_t>(n, 121));
               const auto words = c.buffer<std::int32_t>("words", {0, 0, 0, -1, 0, 0, 0});
               c.launch("through_references", atomics::through_references, {64}, {n}, in, words);
             });
    list.add("language", "atomics", "float_atomics_" + std::to_string(n), kFloatAtomics,
             [=](CaseBuilder& c) {
               const auto values = whole<float>(n, -100, 100, 122); // exact in any order
               const auto in = c.buffer("in", values);
               const auto words = c.buffer<float>("words", {0, 0, 1e9f, -1e9f});
               c.launch("float_atomics", atomics::float_atomics, {64}, {n}, in, words);
             });
    list.add("language", "atomics", "wide_atomics_" + std::to_string(n), kInt64Atomics,
             [=](CaseBuilder& c) {
               const auto in = c.buffer("in", any_bits<std::uint64_t>(n, 123));
               const auto words = c.buffer<std::uint64_t>(
                   "words", {0, 0, ~std::uint64_t{0}, 0, ~std::uint64_t{0}, 0, 0, 0, 0, 1});
               const auto signed_words =
                   c.buffer<std::int64_t>("signed_words", {INT64_MAX, INT64_MIN});
               c.launch("wide_atomics", atomics::wide_atomics, {64}, {n}, in, words, signed_words);
             });
  }
}

void add_warps(CaseList& list) {
  const std::uint32_t n = 640, blocks = n / 128;
  list.add("language", "warps", "scan_by_shuffles", kWarp, [=](CaseBuilder& c) {
    const auto values = any_bits<std::uint32_t>(n, 124);
    std::vector<std::uint32_t> sums = values;
    for (std::uint32_t i = 0; i < n; ++i)
      if (i % 128 != 0) sums[i] += sums[i - 1];
    const auto in = c.buffer("in", values);
    const auto out = c.output<std::uint32_t>("out", n);
    c.launch("scan_by_shuffles", warps::scan_by_shuffles, {128}, {n}, in, out);
    c.expect(out, sums);
  });
  list.add("language", "warps", "sums_by_warps", kWarp, [=](CaseBuilder& c) {
    const auto values = whole<std::int32_t>(n, -10000, 10000, 125);
    std::vector<std::int32_t> expected(3 * blocks, 0);
    for (std::uint32_t i = 0; i < n; ++i)
      for (std::uint32_t way = 0; way < 3; ++way)
        expected[3 * (i / 128) + way] += values[i];
    const auto in = c.buffer("in", values);
    const auto sums = c.output<std::int32_t>("sums", 3 * blocks);
    c.launch("sums_by_warps", warps::sums_by_warps, {128}, {n}, in, sums);
    c.expect(sums, expected);
  });
  for (const std::uint32_t kind : {0u, 1u, 2u}) {
    list.add("language", "warps", "votes_" + std::to_string(kind), kWarp | kFences,
             [=](CaseBuilder& c) {
               auto values = any_bits<std::uint32_t>(n, 126);
               for (std::uint32_t& v : values)
                 v = kind == 0 ? v : kind == 1 ? v | 1 : v & ~1u;
               const auto in = c.buffer("in", values);
               const auto counts = c.output<std::uint32_t>("counts", 6 * blocks);
               c.launch("votes", warps::votes, {128}, {n}, in, counts);
               c.check([=](const Results& r) -> std::string {
                 const auto v = r.read(counts);
                 for (std::uint32_t block = 0; block < blocks; ++block) {
                   if (v[6 * block + 2] != 128) return "not one lane of each warp was elected";
                   if (v[6 * block + 3] != 0) return "votes of a warp contradict each other";
                 }
                 return {};
               });
             });
  }
  list.add("language", "warps", "reverse_fours", kWarp, [=](CaseBuilder& c) {
    const auto words = any_bits<std::uint32_t>(n, 127);
    const auto wide = any_bits<std::int64_t>(n, 128);
    const auto reals = uniform<float>(n, -1, 1, 129);
    const auto flipped = [](auto values) {
      for (std::size_t i = 0; i < values.size(); i += 4)
        std::reverse(values.begin() + static_cast<long>(i),
                     values.begin() + static_cast<long>(i) + 4);
      return values;
    };
    const auto a = c.buffer("words", words);
    const auto b = c.buffer("wide", wide);
    const auto d = c.buffer("reals", reals);
    c.launch("reverse_fours", warps::reverse_fours, {128}, {n}, a, b, d);
    c.expect(a, flipped(words));
    c.expect(b, flipped(wide));
    c.expect(d, flipped(reals));
  });
  list.add("language", "warps", "broadcast_first", kWarp, [=](CaseBuilder& c) {
    auto values = any_bits<std::uint32_t>(n, 130);
    const auto in = c.buffer("in", values);
    const auto out = c.output<std::uint32_t>("out", n);
    c.launch("broadcast_first", warps::broadcast_first, {128}, {n}, in, out);
    for (std::uint32_t& v : values)
      ++v;
    c.expect(out, values);
  });
}

} // namespace

void add_parallel(CaseList& list) {
  add_shared_memory(list);
  add_agreement(list);
  add_atomics(list);
  add_warps(list);
}

} // namespace ring::exec
