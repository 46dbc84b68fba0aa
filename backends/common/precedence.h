// Where generated expressions need parentheses. As few as the grammar asks for, plus those that
// compilers warn about or WGSL's grammar insists on: `(a & b) | c`, `(a + b) << c`, `(a && b) ||
// c`.
#pragma once

#include "ir/expr.h"

#include <cstdint>

namespace ring::backends {

/// Weakest first.
enum class Precedence : std::uint8_t {
  conditional, // ?:
  logical_or,
  logical_and,
  bit_or,
  bit_xor,
  bit_and,
  equality,
  relational,
  shift,
  additive,
  multiplicative,
  unary,   // prefix operators, C casts
  postfix, // a[i], a.b, f(x)
  primary, // names, literals
};

Precedence precedence_of(ir::BinaryOp op);
Precedence precedence_of(ir::LogicalOp op);

enum class Side : std::uint8_t { left, right };

/// Whether an operand of precedence `operand` has to be put in parentheses at that side of a binary
/// operator of precedence `op`. All binary operators associate to the left.
bool needs_parentheses(Precedence op, Side side, Precedence operand);

} // namespace ring::backends
