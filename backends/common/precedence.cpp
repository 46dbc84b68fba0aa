#include "backends/common/precedence.h"

#include <array>

namespace ring::backends {

Precedence precedence_of(ir::BinaryOp op) {
  using enum Precedence;
  constexpr std::array<Precedence, 16> kPrecedences{
      additive,   additive,   multiplicative, multiplicative, multiplicative, bit_and,
      bit_or,     bit_xor,    shift,          shift,          equality,       equality,
      relational, relational, relational,     relational};
  return kPrecedences[static_cast<std::size_t>(op)];
}

Precedence precedence_of(ir::LogicalOp op) {
  return op == ir::LogicalOp::logical_and ? Precedence::logical_and : Precedence::logical_or;
}

bool needs_parentheses(Precedence op, Side side, Precedence operand) {
  if (operand >= Precedence::unary) return false;
  if (operand <= op) {
    // a - b - c needs none, a - (b - c) does; a == b == c would be legal but nobody reads it right.
    const bool chains = op != Precedence::equality && op != Precedence::relational &&
                        op != Precedence::shift && op != Precedence::conditional;
    return operand < op || side == Side::right || !chains;
  }
  switch (op) {
  case Precedence::conditional:
    return false;
  case Precedence::logical_or:
    return operand < Precedence::equality;
  case Precedence::logical_and:
    return operand < Precedence::equality;
  case Precedence::bit_or:
  case Precedence::bit_xor:
  case Precedence::bit_and:
  case Precedence::shift:
    return true;
  case Precedence::equality:
    return operand == Precedence::relational;
  default:
    return false;
  }
}

} // namespace ring::backends
