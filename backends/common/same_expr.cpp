#include "backends/common/same_expr.h"

#include "ir/overloaded.h"
#include "ir/walk.h"

#include <vector>

namespace ring::backends {
namespace {

using namespace ir;

std::vector<const Expr*> operands_of(const Expr& expr) {
  std::vector<const Expr*> operands;
  for_each_operand(const_cast<Expr&>(expr), [&](Expr*& operand) { operands.push_back(operand); });
  return operands;
}

/// What a node says apart from its operands.
bool same_payload(const Expr& a, const Expr& b) {
  return match(
      a.node, [&](const Literal& x) { return x.value == b.as<Literal>()->value; },
      [&](const LocalRef& x) { return x.local == b.as<LocalRef>()->local; },
      [&](const GlobalRef& x) { return x.global == b.as<GlobalRef>()->global; },
      [&](const Unary& x) { return x.op == b.as<Unary>()->op; },
      [&](const Binary& x) { return x.op == b.as<Binary>()->op; },
      [&](const Logical& x) { return x.op == b.as<Logical>()->op; },
      [&](const Member& x) { return x.field == b.as<Member>()->field; },
      [&](const Intrinsic& x) {
        const auto* y = b.as<Intrinsic>();
        return x.id == y->id && x.order == y->order && x.scope == y->scope;
      },
      [&](const Call& x) { return x.callee == b.as<Call>()->callee; },
      [](const auto&) { return true; });
}

} // namespace

bool same_expr(const Expr& a, const Expr& b) {
  if (a.type != b.type || a.node.index() != b.node.index() || !same_payload(a, b)) return false;
  const std::vector<const Expr*> left = operands_of(a);
  const std::vector<const Expr*> right = operands_of(b);
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!same_expr(*left[i], *right[i])) return false;
  }
  return true;
}

} // namespace ring::backends
