#include "ir/expr.h"

#include <array>

namespace ring::ir {

bool is_comparison(BinaryOp op) { return op >= BinaryOp::eq; }

BinaryOp mirrored(BinaryOp op) {
  switch (op) {
  case BinaryOp::lt:
    return BinaryOp::gt;
  case BinaryOp::le:
    return BinaryOp::ge;
  case BinaryOp::gt:
    return BinaryOp::lt;
  case BinaryOp::ge:
    return BinaryOp::le;
  default:
    return op;
  }
}

std::string_view spelling(UnaryOp op) {
  constexpr std::array<std::string_view, 3> kSpellings{"-", "~", "!"};
  return kSpellings[static_cast<std::size_t>(op)];
}

std::string_view spelling(BinaryOp op) {
  constexpr std::array<std::string_view, 16> kSpellings{
      "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "==", "!=", "<", "<=", ">", ">="};
  return kSpellings[static_cast<std::size_t>(op)];
}

std::string_view name_of(MemoryOrder order) {
  constexpr std::array<std::string_view, 5> kNames{"relaxed", "acquire", "release", "acq_rel",
                                                   "seq_cst"};
  return kNames[static_cast<std::size_t>(order)];
}

std::string_view name_of(MemoryScope scope) {
  constexpr std::array<std::string_view, 5> kNames{"thread", "warp", "block", "device", "system"};
  return kNames[static_cast<std::size_t>(scope)];
}

} // namespace ring::ir
