#include "ir/analysis/properties.h"

#include "ir/overloaded.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::ir::analysis {
namespace {

/// True if `test` holds for any node of the tree. (The walkers take mutable nodes; nothing
/// changes.)
template <class Test> bool any_node(const Expr& tree, const Test& test) {
  if (test(tree)) return true;
  bool found = false;
  for_each_operand(const_cast<Expr&>(tree),
                   [&](Expr*& operand) { found = found || any_node(*operand, test); });
  return found;
}

bool is_nonzero_literal(const Expr& expr) {
  const auto* literal = expr.as<Literal>();
  const auto* bits = literal ? std::get_if<std::uint64_t>(&literal->value) : nullptr;
  return bits && *bits != 0;
}

bool is_literal_in_range(const Expr& index, TypePtr aggregate) {
  const auto* literal = index.as<Literal>();
  const auto* bits = literal ? std::get_if<std::uint64_t>(&literal->value) : nullptr;
  if (!bits) return false;
  if (const auto* array = aggregate->as<ArrayType>()) return *bits < array->count;
  if (const auto* vector = aggregate->as<VectorType>()) return *bits < vector->count;
  return false;
}

} // namespace

bool has_effect(const Expr& node) {
  if (const auto* call = node.as<Call>()) return call->callee->has_side_effects;
  if (const auto* intrinsic = node.as<Intrinsic>()) {
    return intrinsics::find(intrinsic->id).effect != intrinsics::Effect::pure;
  }
  return false;
}

bool any_effect(const Expr& tree) { return any_node(tree, has_effect); }

bool is_stable(const Expr& tree) {
  return !any_node(tree, [](const Expr& node) {
    return node.is<Load>() || node.is<Call>() || has_effect(node);
  });
}

bool is_speculatable(const Expr& tree, bool robust_loads) {
  return !any_node(tree, [&](const Expr& node) {
    if (node.is<Call>() || has_effect(node)) return true;
    if (const auto* binary = node.as<Binary>()) {
      const bool divides = binary->op == BinaryOp::div || binary->op == BinaryOp::rem;
      return divides && node.type->is_integer() && !is_nonzero_literal(*binary->rhs);
    }
    if (robust_loads) return false;
    if (const auto* index = node.as<Index>()) {
      return !is_literal_in_range(*index->index, index->base->type->pointee_or_self());
    }
    return node.is<SpanElement>() || node.is<Deref>();
  });
}

bool holds_pointers(TypePtr type) {
  return match(
      type->node, [](const VoidType&) { return false; }, [](const ScalarType&) { return false; },
      [](const VectorType&) { return false; },
      [](const ArrayType& t) { return holds_pointers(t.element); },
      [](const StructType& t) {
        return std::any_of(t.decl->fields.begin(), t.decl->fields.end(),
                           [](const StructDecl::Field& f) { return holds_pointers(f.type); });
      },
      [](const RefType&) { return true; }, [](const PtrType&) { return true; },
      [](const SpanType&) { return true; });
}

bool is_view(TypePtr type) {
  const auto* structure = type->as<StructType>();
  if (!structure) return false;
  if (holds_pointers(type)) return true;
  const auto& fields = structure->decl->fields;
  return fields.empty() || std::any_of(fields.begin(), fields.end(),
                                       [](const auto& field) { return is_view(field.type); });
}

bool is_convergent(const Function& function) {
  bool found = false;
  for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) {
    if (found) return;
    if (const auto* call = expr->as<Call>()) found = is_convergent(*call->callee);
    if (const auto* intrinsic = expr->as<Intrinsic>()) {
      found = intrinsics::find(intrinsic->id).effect == intrinsics::Effect::convergent;
    }
  });
  return found;
}

bool contains_return(const Block& block) {
  bool found = false;
  for_each_stmt(const_cast<Block&>(block), [&](Stmt& stmt) { found |= stmt.is<Return>(); });
  return found;
}

bool mentions(const Block& block, const Local* local) {
  bool found = false;
  for_each_expr(const_cast<Block&>(block), [&](Expr*& expr) { // visited, not changed
    const auto* ref = expr->as<LocalRef>();
    found = found || (ref && ref->local == local);
  });
  return found;
}

bool ends_in_jump(const Block& block) {
  if (block.empty()) return false;
  const Stmt& last = *block.statements.back();
  return last.is<Break>() || last.is<Continue>() || last.is<Return>();
}

namespace {

/// True if a break in the block, not one of a loop or switch inside it, leaves the block.
bool breaks_out(const Block& block) {
  for (const Stmt* stmt : block.statements) {
    if (!stmt) continue; // the verifier asks before it has seen to that
    if (stmt->is<Break>()) return true;
    if (stmt->is<Loop>() || stmt->is<Switch>()) continue;
    bool found = false;
    for_each_block(const_cast<Stmt&>(*stmt), [&](Block& inner) { found |= breaks_out(inner); });
    if (found) return true;
  }
  return false;
}

bool goes_on(const Stmt& stmt) {
  if (stmt.is<Return>() || stmt.is<Break>() || stmt.is<Continue>()) return false;
  if (const auto* branch = stmt.as<If>()) {
    return reaches_end(branch->then_block) || reaches_end(branch->else_block);
  }
  if (const auto* choice = stmt.as<Switch>()) {
    bool has_default = false;
    for (const Switch::Case& c : choice->cases) {
      has_default |= c.is_default;
      if (breaks_out(c.body) || reaches_end(c.body)) return true;
    }
    return !has_default;
  }
  if (const auto* loop = stmt.as<Loop>()) {
    return loop->condition || loop->break_if || breaks_out(loop->body);
  }
  return true;
}

} // namespace

bool reaches_end(const Block& block) {
  for (const Stmt* stmt : block.statements) {
    if (stmt && !goes_on(*stmt)) return false;
  }
  return true;
}

} // namespace ring::ir::analysis
