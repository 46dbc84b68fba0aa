#include "inputs.h"
#include "lists.h"

#include <functional>
#include <limits>

namespace reductions {
#include "../kernels/reductions.cpp"
}

namespace ring::exec {
namespace {

enum class Operation { sum, product, min, max, bit_and, bit_or, bit_xor };

constexpr std::uint32_t kBlock = 128;

/// Inputs whose reduction is exact in any order: floats are whole, products of powers of two.
template <class T> std::vector<T> inputs(Operation op, std::uint32_t n) {
  if constexpr (std::is_floating_point_v<T>) {
    if (op != Operation::product) return whole<T>(n, -1000, 1000, 57);
    std::vector<T> values;
    for (const int exponent : whole<int>(n, -1, 1, 58))
      values.push_back(exponent < 0 ? T(-0.5) : exponent == 0 ? T(1) : T(2));
    return values;
  } else {
    if (op == Operation::product && sizeof(T) == 4 && std::is_signed_v<T>)
      return whole<T>(n, -1, 1, 58); // signed overflow is undefined
    if (op == Operation::product && std::is_signed_v<T>) {
      std::vector<T> values(
          n, T(-1)); // up to 2^60 in a block of 128: every other a factor of 2, then ones
      for (std::uint32_t i = 0; i < n; ++i)
        values[i] = i % 128 < 60 ? T(2) : i % 3 == 0 ? T(-1) : T(1);
      return values;
    }
    if (op == Operation::product) {
      auto values = any_bits<T>(n, 58);
      for (T& v : values)
        v |= 1; // an odd product never fades to zero
      return values;
    }
    if (op == Operation::sum && std::is_signed_v<T>)
      return whole<T>(n, -(std::int64_t{1} << (sizeof(T) * 8 - 9)),
                      std::int64_t{1} << (sizeof(T) * 8 - 9), 59);
    return any_bits<T>(n, 60);
  }
}

template <class T> T combine(Operation op, T a, T b) {
  switch (op) {
  case Operation::sum:
    return a + b;
  case Operation::product:
    return a * b;
  case Operation::min:
    return b < a ? b : a;
  case Operation::max:
    return a < b ? b : a;
  default:
    break;
  }
  if constexpr (std::is_integral_v<T>) {
    if (op == Operation::bit_and) return a & b;
    if (op == Operation::bit_or) return a | b;
    return a ^ b;
  }
  return a;
}

template <class T> void add(CaseList& list, const std::string& kernel, Operation op,
                            void (*handler)(ring::span<const T>, ring::span<T>)) {
  const Needs needs = std::is_same_v<T, double> ? kF64 : kNone;
  for (const std::uint32_t n : {1u, 127u, 128u, 1000u}) {
    list.add("A18", "reductions", kernel + "_" + std::to_string(n), needs, [=](CaseBuilder& c) {
      const auto input = inputs<T>(op, n);
      const auto in = c.buffer("in", input);
      const auto out = c.output<T>("out", (n + kBlock - 1) / kBlock);
      c.launch(kernel, handler, {kBlock}, {n}, in, out);

      std::vector<T> results;
      for (std::uint32_t i = 0; i < n; ++i) {
        if (i % kBlock == 0)
          results.push_back(input[i]);
        else
          results.back() = combine(op, results.back(), input[i]);
      }
      c.expect(out, results);
    });
  }
}

} // namespace

void add_reductions(CaseList& list) {
  using enum Operation;
  using namespace reductions;
  add(list, "sum_f32", sum, sum_f32);
  add(list, "product_f32", product, product_f32);
  add(list, "min_f32", min, min_f32);
  add(list, "max_f32", max, max_f32);

  add(list, "sum_f64", sum, sum_f64);
  add(list, "product_f64", product, product_f64);
  add(list, "min_f64", min, min_f64);
  add(list, "max_f64", max, max_f64);

  add(list, "sum_i32", sum, sum_i32);
  add(list, "product_i32", product, product_i32);
  add(list, "min_i32", min, min_i32);
  add(list, "max_i32", max, max_i32);
  add(list, "and_i32", bit_and, and_i32);
  add(list, "or_i32", bit_or, or_i32);
  add(list, "xor_i32", bit_xor, xor_i32);

  add(list, "sum_u32", sum, sum_u32);
  add(list, "product_u32", product, product_u32);
  add(list, "min_u32", min, min_u32);
  add(list, "max_u32", max, max_u32);
  add(list, "and_u32", bit_and, and_u32);
  add(list, "or_u32", bit_or, or_u32);
  add(list, "xor_u32", bit_xor, xor_u32);

  add(list, "sum_i64", sum, sum_i64);
  add(list, "product_i64", product, product_i64);
  add(list, "min_i64", min, min_i64);
  add(list, "max_i64", max, max_i64);
  add(list, "and_i64", bit_and, and_i64);
  add(list, "or_i64", bit_or, or_i64);
  add(list, "xor_i64", bit_xor, xor_i64);

  add(list, "sum_u64", sum, sum_u64);
  add(list, "product_u64", product, product_u64);
  add(list, "min_u64", min, min_u64);
  add(list, "max_u64", max, max_u64);
  add(list, "and_u64", bit_and, and_u64);
  add(list, "or_u64", bit_or, or_u64);
  add(list, "xor_u64", bit_xor, xor_u64);
}

} // namespace ring::exec
