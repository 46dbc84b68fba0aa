// How large an integer can be, as far as one looks at its expression. Used to do in 32 bits what
// the source says in 64, where that makes no difference.
#pragma once

#include "ir/module.h"

#include <cstdint>
#include <optional>
#include <unordered_set>

namespace ring::ir::analysis {

inline constexpr std::uint64_t kMaxU32 = 0xffffffff;

/// What is known, or supposed, about 64-bit locals.
struct LocalRanges {
  std::unordered_set<const Local*> zero_extended; // every value is at most kMaxU32
  std::unordered_set<const Local*> sign_extended; // every value is an i32's
};

/// An upper bound of the value, seen as an unsigned integer of its width; nothing where it may be
/// any (or, for a signed type, negative). The number of elements of a span is less than 2^32, as on
/// all targets whose buffers have 32-bit sizes.
std::optional<std::uint64_t> max_of(const Expr& expr, const LocalRanges& locals);

/// max_of() is at most kMaxU32.
bool is_zero_extended(const Expr& expr, const LocalRanges& locals);

/// The upper half of a 64-bit integer repeats the sign of the lower half.
bool is_sign_extended(const Expr& expr, const LocalRanges& locals);

/// A let, or a variable that is read: the local.
const Local* read_local(const Expr& expr);

bool is_64_bit_integer(TypePtr type);
std::optional<std::uint64_t> literal_bits(const Expr& expr);

} // namespace ring::ir::analysis
