// Language set: <cmath>, <algorithm>'s min, max, clamp and swap, <bit>.
#include "../inputs.h"
#include "../lists.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

namespace math {
#include "../../kernels/language/math.cpp"
}
namespace algorithms {
#include "../../kernels/language/algorithms.cpp"
}
namespace bits {
#include "../../kernels/language/bits.cpp"
}

namespace ring::exec {
namespace {

constexpr std::uint32_t kExactColumns = 26, kTrigonometryColumns = 13, kExponentialColumns = 12,
                        kSpecialColumns = 2;

/// Halves, wholes and ordinary numbers of both signs; no zero, whose logarithm has no number.
template <class Real> std::vector<Real> ordinary(std::size_t n, double reach, std::uint64_t seed) {
  auto values = uniform<Real>(n, -reach, reach, seed);
  const double special[] = {0.5, 1, 1.5, 2, 2.5, 3, 10, 0.25, 0.49999997, 1e-3, 1e-5};
  std::size_t i = 0;
  for (const double s : special) {
    if (i + 2 > n) break;
    values[i++] = static_cast<Real>(s);
    values[i++] = static_cast<Real>(-s);
  }
  for (Real& v : values)
    if (v == 0) v = Real(0.75);
  return values;
}

template <class Real> using Unary = void (*)(ring::span<const Real>, ring::span<Real>);
template <class Real>
using Binary = void (*)(ring::span<const Real>, ring::span<const Real>, ring::span<Real>);

template <class Real>
void add_math(CaseList& list, const std::string& suffix, Needs needs, Binary<Real> exact,
              Unary<Real> trigonometry, Binary<Real> exponentials, Unary<Real> special,
              Unary<Real> saturate, Unary<Real> gamma,
              void (*classify)(ring::span<const Real>, ring::span<std::uint32_t>)) {
  const std::uint32_t n = 1500;
  list.add("language", "math", "exact_" + suffix, needs, [=](CaseBuilder& c) {
    const auto x = c.buffer("x", ordinary<Real>(n, 500, 101));
    const auto y = c.buffer("y", ordinary<Real>(n, 20, 102));
    const auto out = c.output<Real>(
        "out", kExactColumns * n,
        exact_if_strict(Metric::ulp, 4, "2.5 ulp for a division inside, and sqrt by its inverse"));
    c.launch("exact_" + suffix, exact, {32}, {n}, x, y, out);
  });
  list.add("language", "math", "trigonometry_" + suffix, needs, [=](CaseBuilder& c) {
    const auto x = c.buffer("x", ordinary<Real>(n, 30, 103));
    const auto out = c.output<Real>(
        "out", kTrigonometryColumns * n,
        within(Metric::rel, sizeof(Real) == 4 ? 1e-6 : 2e-15, sizeof(Real) == 4 ? 1e-5 : 2e-15,
               "each library rounds in its own way, by a few ulp of a number near 1", 1));
    c.launch("trigonometry_" + suffix, trigonometry, {32}, {n}, x, out);
  });
  list.add("language", "math", "exponentials_" + suffix, needs, [=](CaseBuilder& c) {
    auto positive = ordinary<Real>(n, 50, 105);
    for (Real& v : positive)
      v = std::fabs(v);
    const auto x = c.buffer("x", ordinary<Real>(n, 8, 104));
    const auto y = c.buffer("y", positive);
    const auto out = c.output<Real>("out", kExponentialColumns * n,
                                    within(Metric::rel, sizeof(Real) == 4 ? 2e-6 : 4e-15,
                                           sizeof(Real) == 4 ? 2e-5 : 4e-15,
                                           "each library rounds in its own way, by a few ulp",
                                           sizeof(Real) == 4 ? 1e-2 : 1e-2));
    c.launch("exponentials_" + suffix, exponentials, {32}, {n}, x, y, out);
  });
  list.add("language", "math", "special_" + suffix, needs, [=](CaseBuilder& c) {
    const auto x = c.buffer("x", ordinary<Real>(n, 5, 106));
    const auto out = c.output<Real>("out", kSpecialColumns * n,
                                    within(Metric::rel, sizeof(Real) == 4 ? 5e-6 : 1e-13,
                                           sizeof(Real) == 4 ? 5e-5 : 1e-13,
                                           "each library has its own approximation", 1e-2));
    c.launch("special_" + suffix, special, {32}, {n}, x, out);
  });
  list.add("language", "math", "saturate_" + suffix, needs, [=](CaseBuilder& c) {
    using Limits = std::numeric_limits<Real>;
    const auto x =
        c.buffer<Real>("x", {Limits::quiet_NaN(), -Limits::infinity(), -2, Real(-0.0), 0,
                             Limits::min(), Real(0.75), 1, Real(1.5), Limits::infinity()});
    const auto out = c.output<Real>("out", 10);
    c.launch("saturate_" + suffix, saturate, {32}, {10}, x, out);
    c.expect<Real>(out, {0, 0, 0, 0, 0, Limits::min(), Real(0.75), 1, 1, 1});
  });
  list.add("language", "math", "gamma_" + suffix, needs | kGamma, [=](CaseBuilder& c) {
    const auto x = c.buffer("x", ordinary<Real>(n, 5, 107));
    const auto out = c.output<Real>("out", 2 * n,
                                    within(Metric::rel, sizeof(Real) == 4 ? 5e-6 : 1e-13,
                                           sizeof(Real) == 4 ? 5e-5 : 1e-13,
                                           "each library has its own approximation", 1e-2));
    c.launch("gamma_" + suffix, gamma, {32}, {n}, x, out);
  });
  list.add("language", "math", "classify_" + suffix, needs, [=](CaseBuilder& c) {
    using Limits = std::numeric_limits<Real>;
    const auto x =
        c.buffer<Real>("x", {0, Real(-0.0), 1, -2, Limits::infinity(), -Limits::infinity(),
                             Limits::quiet_NaN(), Limits::max(), Limits::min()});
    const auto out = c.output<std::uint32_t>("out", 9);
    c.launch("classify_" + suffix, classify, {32}, {9}, x, out);
    c.expect<std::uint32_t>(out, {4, 20, 12, 28, 2, 18, 1, 12, 12});
  });
}

template <class T>
void add_order(CaseList& list, const std::string& kernel, Needs needs, const std::vector<T>& as,
               const std::vector<T>& bs,
               void (*handler)(ring::span<const T>, ring::span<const T>, ring::span<T>)) {
  list.add("language", "algorithms", kernel, needs, [=](CaseBuilder& c) {
    const auto n = static_cast<std::uint32_t>(as.size());
    const auto a = c.buffer("a", as);
    const auto b = c.buffer("b", bs);
    const auto out = c.output<T>("out", 4 * n);
    c.launch(kernel, handler, {32}, {n}, a, b, out);
  });
}

template <class U> void add_bits(CaseList& list, const std::string& kernel,
                                 void (*handler)(ring::span<const U>, ring::span<U>)) {
  list.add("language", "bits", kernel, kNone, [=](CaseBuilder& c) {
    auto values = any_bits<U>(400, 107);
    values[0] = 0;
    values[1] = static_cast<U>(~U{0});
    for (std::size_t bit = 0; bit < 8 * sizeof(U); ++bit) {
      values[2 + 2 * bit] = static_cast<U>(U{1} << bit);
      values[3 + 2 * bit] = static_cast<U>(~(U{1} << bit));
    }
    const auto in = c.buffer("in", values);
    const auto out = c.output<U>("out", 12 * 400);
    c.launch(kernel, handler, {32}, {400}, in, out);
    c.check([=](const Results& r) -> std::string {
      const auto v = r.read(out);
      constexpr U kWidth = 8 * sizeof(U);
      if (v[1] != kWidth || v[2] != kWidth) return "the zeros of 0 are not the width";
      return v[12] == kWidth && v[12 + 3] == kWidth ? "" : "the ones of ~0 are not the width";
    });
  });
}

} // namespace

void add_library(CaseList& list) {
  add_math<float>(list, "f32", kNone, math::exact_f32, math::trigonometry_f32,
                  math::exponentials_f32, math::special_f32, math::saturate_f32, math::gamma_f32,
                  math::classify_f32);
  add_math<double>(list, "f64", kF64, math::exact_f64, math::trigonometry_f64,
                   math::exponentials_f64, math::special_f64, math::saturate_f64, math::gamma_f64,
                   math::classify_f64);

  const std::size_t n = 300;
  const auto order = [&]<class T>(const std::string& name, auto* handler, T) {
    add_order<T>(list, name, kNone, any_bits<T>(n, 108), any_bits<T>(n, 109), handler);
  };
  order("order_i8", algorithms::order_i8, std::int8_t{});
  order("order_u16", algorithms::order_u16, std::uint16_t{});
  order("order_i32", algorithms::order_i32, std::int32_t{});
  order("order_u32", algorithms::order_u32, std::uint32_t{});
  order("order_i64", algorithms::order_i64, std::int64_t{});
  order("order_u64", algorithms::order_u64, std::uint64_t{});
  add_order(list, "order_f32", kNone, ordinary<float>(n, 50, 110), ordinary<float>(n, 50, 111),
            algorithms::order_f32);
  add_order(list, "order_f64", kF64, ordinary<double>(n, 50, 110), ordinary<double>(n, 50, 111),
            algorithms::order_f64);
  list.add("language", "algorithms", "absolute", kNone, [](CaseBuilder& c) {
    const auto narrow = c.buffer<std::int32_t>("narrow", {0, -1, 1, -2147483647, 2147483647});
    const auto wide = c.buffer<std::int64_t>("wide", {0, -1, -4294967296, INT64_MAX, -INT64_MAX});
    const auto reals = c.buffer<float>("reals", {0.0f, -0.0f, -1.5f, 3.25f, -1e30f});
    const auto narrow_out = c.output<std::int32_t>("narrow_out", 5);
    const auto wide_out = c.output<std::int64_t>("wide_out", 5);
    const auto reals_out = c.output<float>("reals_out", 5);
    c.launch("absolute", algorithms::absolute, {32}, {5}, narrow, wide, reals, narrow_out, wide_out,
             reals_out);
    c.expect<std::int32_t>(narrow_out, {0, 1, 1, 2147483647, 2147483647});
    c.expect<std::int64_t>(wide_out, {0, 1, 4294967296, INT64_MAX, INT64_MAX});
    c.expect<float>(reals_out, {0.0f, 0.0f, 1.5f, 3.25f, 1e30f});
  });

  add_bits<std::uint8_t>(list, "bits_u8", bits::bits_u8);
  add_bits<std::uint16_t>(list, "bits_u16", bits::bits_u16);
  add_bits<std::uint32_t>(list, "bits_u32", bits::bits_u32);
  add_bits<std::uint64_t>(list, "bits_u64", bits::bits_u64);
  list.add("language", "bits", "cast_bits", kNone, [](CaseBuilder& c) {
    const auto reals = c.buffer<float>("reals", {1.0f, -2.5f, 0.0f, 3.4e38f, 1e-30f});
    const auto words = c.output<std::uint32_t>("words", 5);
    const auto back = c.output<float>("back", 5);
    c.launch("cast_bits", bits::cast_bits, {32}, {5}, reals, words, back);
    c.check([=](const Results& r) -> std::string {
      return r.read(words)[1] == 0xC0200000 && r.read(back)[1] == 2.5f
                 ? ""
                 : "the bits of -2.5 are wrong";
    });
  });
  list.add("language", "bits", "cast_bits_f64", kF64, [](CaseBuilder& c) {
    const auto reals = c.buffer<double>("reals", {1.0, -2.5, 0.1, 1e300});
    const auto words = c.output<std::uint64_t>("words", 4);
    const auto back = c.output<double>("back", 4);
    c.launch("cast_bits_f64", bits::cast_bits_f64, {32}, {4}, reals, words, back);
  });
  list.add("language", "bits", "dot_bytes", kNone, [](CaseBuilder& c) {
    auto as = any_bits<std::uint32_t>(200, 114);
    auto bs = any_bits<std::uint32_t>(200, 115);
    as[0] = bs[0] = 0x80808080;
    const auto a = c.buffer("a", as);
    const auto b = c.buffer("b", bs);
    const auto signed_sums = c.output<std::int32_t>("signed_sums", 200);
    const auto unsigned_sums = c.output<std::uint32_t>("unsigned_sums", 200);
    c.launch("dot_bytes", bits::dot_bytes, {32}, {200}, a, b, signed_sums, unsigned_sums);
    c.check([=](const Results& r) -> std::string {
      return r.read(signed_sums)[0] == -2147483647 - 1 + 65535 && r.read(unsigned_sums)[0] == 65535
                 ? ""
                 : "the sums of 4 * 128 * 128 are wrong";
    });
  });
  list.add("language", "bits", "more_bits", kNone, [](CaseBuilder& c) {
    const auto narrow = c.buffer("narrow", any_bits<std::uint32_t>(200, 112));
    const auto wide = c.buffer("wide", any_bits<std::uint64_t>(200, 113));
    const auto narrow_out = c.output<std::uint32_t>("narrow_out", 800);
    const auto wide_out = c.output<std::uint64_t>("wide_out", 800);
    c.launch("more_bits", bits::more_bits, {32}, {200}, narrow, wide, narrow_out, wide_out);
  });
}

} // namespace ring::exec
