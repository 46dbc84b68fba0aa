#include "inputs.h"
#include "lists.h"

#include <cmath>
#include <numeric>

namespace philox {
#include "../kernels/philox.cpp"
}

namespace ring::exec {
namespace {

constexpr philox::Key kKey{0xDEADBEEFu, 42u};

double mean_of(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace

void add_philox(CaseList& list) {
  list.add("A15", "philox", "known", kNone, [](CaseBuilder& c) {
    const auto counters = c.buffer<philox::Counter>(
        "counters",
        {{0, 0, 0, 0}, {~0u, ~0u, ~0u, ~0u}, {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}});
    const auto keys = c.buffer<philox::Key>("keys", {{0, 0}, {~0u, ~0u}, {0xa4093822, 0x299f31d0}});
    const auto blocks = c.output<philox::Counter>("blocks", 3);
    c.launch("philox_blocks", philox::philox_blocks, {64}, {3}, counters, keys, blocks);
    c.expect<philox::Counter>(blocks, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
                                       {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
                                       {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}});
  });
  for (const std::uint32_t n : {0u, 1u, 1023u, 40000u}) {
    list.add("A15", "philox", "uniform_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto values = c.output<float>("values", n);
      c.launch("fill_uniform", philox::fill_uniform, {256}, {(n + 3) / 4}, values, kKey);
      c.check([=](const Results& r) -> std::string {
        const auto v = r.read(values);
        for (const float u : v)
          if (!(u > 0.0f && u < 1.0f)) return "a uniform number is not in (0, 1)";
        return n < 1000 || std::fabs(mean_of(v) - 0.5) < 0.03 ? "" : "the mean is not one half";
      });
    });
    list.add("A15", "philox", "normal_" + std::to_string(n), kNone, [=](CaseBuilder& c) {
      const auto values =
          c.output<float>("values", n,
                          within(Metric::abs, 2e-5,
                                 "log, cos and sin differ by a few ulp between libraries, and the "
                                 "radius is up to 5.7"));
      c.launch("fill_normal", philox::fill_normal, {256}, {(n + 3) / 4}, values, kKey);
      c.check([=](const Results& r) -> std::string {
        if (n < 10000) return {};
        auto v = r.read(values);
        if (std::fabs(mean_of(v)) > 0.02) return "the mean is not 0";
        for (float& x : v)
          x *= x;
        return std::fabs(mean_of(v) - 1.0) < 0.03 ? "" : "the variance is not 1";
      });
    });
  }
  list.add("A15", "philox", "antithetic_mean", kNone, [](CaseBuilder& c) {
    const auto means =
        c.output<float>("means", 300, exact_if_strict(Metric::rel, 1e-5, "contraction", 0.1));
    c.launch("antithetic_means", philox::antithetic_means, {128}, {300}, means, kKey, 64u);
    c.check([=](const Results& r) -> std::string {
      return std::fabs(mean_of(r.read(means)) - 1.0 / 3) < 1e-3 ? "" : "the integral is not 1/3";
    });
  });
  list.add("A15", "philox", "importance_sampling", kNone, [](CaseBuilder& c) {
    const std::uint32_t n = 20000, blocks = (n + 127) / 128;
    const std::string reason = "the samples differ in their last bits, and exp by an ulp or two";
    const auto samples =
        c.output<float>("samples", n, within(Metric::abs, 2e-5, "log, cos and sin, as in normal"));
    const auto weights = c.output<float>("weights", n, within(Metric::rel, 3e-5, reason));
    const auto sums = c.output<float>("sums", blocks, within(Metric::rel, 1e-4, reason, 128));
    const auto weight_sums =
        c.output<float>("weight_sums", blocks, within(Metric::rel, 1e-4, reason, 128));
    c.launch("fill_normal", philox::fill_normal, {256}, {n / 4}, samples, kKey);
    c.launch("importance_weights", philox::importance_weights, {128}, {n}, samples, weights, 0.5f);
    c.launch("weighted_sums", philox::weighted_sums, {128}, {n}, samples, weights, sums,
             weight_sums);
    c.check([=](const Results& r) -> std::string {
      const double estimate = mean_of(r.read(sums)) / mean_of(r.read(weight_sums));
      return std::fabs(estimate - 0.5) < 0.03 ? "" : "the weighted mean is not the shift";
    });
  });
}

} // namespace ring::exec
