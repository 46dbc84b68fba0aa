// Language set: integer types, float types, conversions, constants.
#include "../inputs.h"
#include "../lists.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace integer_types {
#include "../../kernels/language/integer_types.cpp"
}
namespace conversions {
#include "../../kernels/language/conversions.cpp"
}
namespace constants {
#include "../../kernels/language/constants.cpp"
}
namespace float_types {
#include "../../kernels/language/float_types.cpp"
}

namespace ring::exec {
namespace {

/// Zero, one, both ends and their neighbours, the sign bits of every width; then random bits.
template <class T> std::vector<T> edges(std::size_t n, std::uint64_t seed) {
  std::vector<T> values = {T(0), T(1), static_cast<T>(-1), std::numeric_limits<T>::min(),
                           std::numeric_limits<T>::max()};
  for (const int bit : {7, 8, 15, 16, 24, 31, 32, 53, 63}) {
    if (bit >= static_cast<int>(8 * sizeof(T))) continue;
    const std::uint64_t power = std::uint64_t{1} << bit;
    for (const std::uint64_t v : {power - 1, power, power + 1, ~power + 1})
      values.push_back(static_cast<T>(v));
  }
  for (const T v : any_bits<T>(n - values.size(), seed))
    values.push_back(v);
  return values;
}

/// Every edge beside every other: b is a turned round by an odd step.
template <class T> std::vector<T> rotated(const std::vector<T>& a, std::size_t by) {
  std::vector<T> b;
  for (std::size_t i = 0; i < a.size(); ++i)
    b.push_back(a[(i * 7 + by) % a.size()]);
  return b;
}

template <class T>
void add_ops(CaseList& list, const std::string& kernel,
             void (*handler)(ring::span<const T>, ring::span<const T>, ring::span<T>)) {
  for (const std::size_t turn : {0u, 1u, 5u}) {
    list.add("language", "integer_types", kernel + "_" + std::to_string(turn), kNone,
             [=](CaseBuilder& c) {
               const std::uint32_t n = 300;
               const auto values = edges<T>(n, 70);
               const auto a = c.buffer("a", values);
               const auto b = c.buffer("b", rotated(values, turn));
               const auto out = c.output<T>("out", n * integer_types::kResults);
               c.launch(kernel, handler, {64}, {n}, a, b, out);
             });
  }
}

template <class S>
void add_conversion(CaseList& list, const std::string& kernel, const std::vector<S>& values,
                    void (*handler)(ring::span<const S>, ring::span<conversions::Integers>,
                                    ring::span<float>)) {
  list.add("language", "conversions", kernel, kNone, [=](CaseBuilder& c) {
    const auto n = static_cast<std::uint32_t>(values.size());
    const auto in = c.buffer("in", values);
    const auto integers = c.output<conversions::Integers>("integers", n);
    const auto floats = c.output<float>(
        "floats", n, exact_if_strict(Metric::ulp, 1, "WGSL may round a large integer either way"));
    c.launch(kernel, handler, {32}, {n}, in, integers, floats);
  });
}

/// Halves, large and tiny numbers of both signs, and each power of two with its neighbours.
template <class Real> std::vector<Real> reals() {
  std::vector<Real> values = {Real(0),     Real(-0.0),   Real(0.5),  Real(-0.5),
                              Real(0.999), Real(-0.999), Real(1e-20)};
  for (int power = 0; power < 64; ++power) {
    const Real p = std::ldexp(Real(1), power);
    for (const Real v : {p, p + 1, p - Real(0.5), std::nextafter(p, Real(0))}) {
      values.push_back(v);
      values.push_back(-v);
    }
  }
  return values;
}

/// Magnitudes from 2^-40 to 2^40: no operation on two of them overflows or goes subnormal.
template <class Real> std::vector<Real> wide_range(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  std::vector<Real> values;
  for (std::size_t i = 0; i < n; ++i) {
    const auto exponent = static_cast<int>(random.below(80)) - 40;
    const double value = std::ldexp(1 + random.unit(), exponent);
    values.push_back(static_cast<Real>(random.below(2) == 0 ? value : -value));
  }
  return values;
}

template <class Real>
void add_real_ops(CaseList& list, const std::string& suffix, Needs needs,
                  void (*ops)(ring::span<const Real>, ring::span<const Real>, ring::span<Real>),
                  void (*compare)(ring::span<const Real>, ring::span<const Real>,
                                  ring::span<std::uint32_t>)) {
  list.add("language", "float_types", "ops_" + suffix, needs, [=](CaseBuilder& c) {
    const std::uint32_t n = 2000;
    const auto a = c.buffer("a", wide_range<Real>(n, 71));
    const auto b = c.buffer("b", wide_range<Real>(n, 72));
    Comparison rule = exact_if_strict(Metric::ulp, 4, "2.5 ulp for a division, and contraction");
    rule.outliers = 0.13; // (a + b) - a and fma cancel: one result of eight may lose its low bits
    const auto out = c.output<Real>("out", 8 * n, rule);
    c.launch("ops_" + suffix, ops, {64}, {n}, a, b, out);
  });
  list.add("language", "float_types", "compare_" + suffix, needs, [=](CaseBuilder& c) {
    const Real inf = std::numeric_limits<Real>::infinity();
    const std::vector<Real> values = {Real(0), Real(-0.0), Real(1),     Real(-1),
                                      inf,     -inf,       Real(1e-30), Real(3)};
    std::vector<Real> as, bs;
    for (const Real a : values)
      for (const Real b : values)
        as.push_back(a), bs.push_back(b);
    const auto a = c.buffer("a", as);
    const auto b = c.buffer("b", bs);
    const auto masks = c.output<std::uint32_t>("masks", 64);
    c.launch("compare_" + suffix, compare, {64}, {64}, a, b, masks);
  });
  list.add("language", "float_types", "compare_nan_" + suffix, needs, [=](CaseBuilder& c) {
    const Real nan = std::numeric_limits<Real>::quiet_NaN();
    Comparison rule = exact_if_strict(Metric::abs, 255, "WGSL may assume that there is no NaN");
    const auto a = c.buffer<Real>("a", {nan, nan, Real(1)});
    const auto b = c.buffer<Real>("b", {nan, Real(1), nan});
    const auto masks = c.output<std::uint32_t>("masks", 3, rule);
    c.launch("compare_" + suffix, compare, {64}, {3}, a, b, masks);
    c.check([=](const Results& r) -> std::string {
      if (!r.strict()) return {};
      // Only != holds, and that a < b does not; NaN itself is true.
      return r.read(masks) == std::vector<std::uint32_t>{0xE0, 0xE0, 0xE0} ? ""
                                                                           : "NaN compares wrongly";
    });
  });
}

} // namespace

void add_types(CaseList& list) {
  add_ops(list, "ops_i8", integer_types::ops_i8);
  add_ops(list, "ops_u8", integer_types::ops_u8);
  add_ops(list, "ops_i16", integer_types::ops_i16);
  add_ops(list, "ops_u16", integer_types::ops_u16);
  add_ops(list, "ops_i32", integer_types::ops_i32);
  add_ops(list, "ops_u32", integer_types::ops_u32);
  add_ops(list, "ops_i64", integer_types::ops_i64);
  add_ops(list, "ops_u64", integer_types::ops_u64);

  add_conversion(list, "from_i8", edges<std::int8_t>(100, 73), conversions::from_i8);
  add_conversion(list, "from_u8", edges<std::uint8_t>(100, 74), conversions::from_u8);
  add_conversion(list, "from_i16", edges<std::int16_t>(100, 75), conversions::from_i16);
  add_conversion(list, "from_u16", edges<std::uint16_t>(100, 76), conversions::from_u16);
  add_conversion(list, "from_i32", edges<std::int32_t>(200, 77), conversions::from_i32);
  add_conversion(list, "from_u32", edges<std::uint32_t>(200, 78), conversions::from_u32);
  add_conversion(list, "from_i64", edges<std::int64_t>(400, 79), conversions::from_i64);
  add_conversion(list, "from_u64", edges<std::uint64_t>(400, 80), conversions::from_u64);

  list.add("language", "conversions", "from_bool", kNone, [](CaseBuilder& c) {
    const Handle<bool> in{c.buffer<std::uint8_t>("in", {0, 1, 1, 0, 1}).index};
    const auto integers = c.output<conversions::Integers>("integers", 5);
    const auto floats = c.output<float>("floats", 5);
    c.launch("from_bool", conversions::from_bool, {32}, {5}, in, integers, floats);
    c.expect<float>(floats, {0, 1, 1, 0, 1});
  });
  list.add("language", "conversions", "from_f32", kNone, [](CaseBuilder& c) {
    const auto values = reals<float>();
    const auto n = static_cast<std::uint32_t>(values.size());
    const auto in = c.buffer("in", values);
    const auto integers = c.output<conversions::Integers>("integers", n);
    c.launch("from_f32", conversions::from_f32, {32}, {n}, in, integers);
  });
  list.add("language", "conversions", "from_f64", kF64, [](CaseBuilder& c) {
    const auto values = reals<double>();
    const auto n = static_cast<std::uint32_t>(values.size());
    const auto in = c.buffer("in", values);
    const auto integers = c.output<conversions::Integers>("integers", n);
    const auto narrow = c.output<float>("narrow", n);
    c.launch("from_f64", conversions::from_f64, {32}, {n}, in, integers, narrow);
  });
  list.add("language", "conversions", "to_f64", kF64, [](CaseBuilder& c) {
    const auto wide = c.buffer("wide", edges<std::int64_t>(200, 81));
    const auto unsigned_wide = c.buffer("unsigned_wide", edges<std::uint64_t>(200, 82));
    const auto floats = c.buffer("reals", wide_range<float>(200, 83));
    const auto out = c.output<double>("out", 6 * 200);
    c.launch("to_f64", conversions::to_f64, {32}, {200}, wide, unsigned_wide, floats, out);
  });
  list.add("language", "conversions", "implicit", kNone, [](CaseBuilder& c) {
    const auto narrow = c.buffer("narrow", edges<std::int8_t>(100, 84));
    const auto wide = c.buffer("wide", edges<std::uint32_t>(100, 85));
    const auto out = c.output<std::int64_t>("out", 8 * 100);
    c.launch("implicit", conversions::implicit, {32}, {100}, narrow, wide, out);
  });

  list.add("language", "constants", "use_constants", kNone, [](CaseBuilder& c) {
    const auto in = c.buffer("in", edges<std::uint32_t>(200, 86));
    const auto out = c.output<std::uint32_t>("out", 200);
    const auto wide = c.output<std::int64_t>("wide", 200);
    const auto scaled = c.output<float>(
        "scaled", 200,
        exact_if_strict(Metric::ulp, 1, "WGSL may round a large integer either way"));
    c.launch("use_constants", constants::use_constants, {32}, {200}, in, out, wide, scaled);
  });

  add_real_ops<float>(list, "f32", kNone, float_types::ops_f32, float_types::compare_f32);
  add_real_ops<double>(list, "f64", kF64, float_types::ops_f64, float_types::compare_f64);
}

} // namespace ring::exec
