// Operators: arithmetic, assignment, increments, and the lazy ones.
#include "frontend/function_lowering.h"

namespace ring::frontend {

using ir::DiagnosticId;

namespace {

std::optional<ir::BinaryOp> binary_op(clang::BinaryOperatorKind op) {
  switch (op) {
  case clang::BO_Add:
    return ir::BinaryOp::add;
  case clang::BO_Sub:
    return ir::BinaryOp::sub;
  case clang::BO_Mul:
    return ir::BinaryOp::mul;
  case clang::BO_Div:
    return ir::BinaryOp::div;
  case clang::BO_Rem:
    return ir::BinaryOp::rem;
  case clang::BO_And:
    return ir::BinaryOp::bit_and;
  case clang::BO_Or:
    return ir::BinaryOp::bit_or;
  case clang::BO_Xor:
    return ir::BinaryOp::bit_xor;
  case clang::BO_Shl:
    return ir::BinaryOp::shl;
  case clang::BO_Shr:
    return ir::BinaryOp::shr;
  case clang::BO_EQ:
    return ir::BinaryOp::eq;
  case clang::BO_NE:
    return ir::BinaryOp::ne;
  case clang::BO_LT:
    return ir::BinaryOp::lt;
  case clang::BO_LE:
    return ir::BinaryOp::le;
  case clang::BO_GT:
    return ir::BinaryOp::gt;
  case clang::BO_GE:
    return ir::BinaryOp::ge;
  default:
    return std::nullopt;
  }
}

} // namespace

ir::Expr* FunctionLowering::writable(ir::Expr* place, const clang::Expr* expr) {
  if (!place || place->type->is<ir::RefType>()) return place;
  return error(DiagnosticId::unsupported_construct, expr->getBeginLoc(),
               "what is written here is a value, not an object");
}

ir::Expr* FunctionLowering::lower_unary(const clang::UnaryOperator* expr, bool want_value) {
  if (expr->isIncrementDecrementOp()) return lower_increment(expr, want_value);
  const clang::Expr* operand = expr->getSubExpr();
  switch (expr->getOpcode()) {
  case clang::UO_AddrOf: {
    if (operand->getType()->isFunctionType()) {
      return unsupported(expr, "a function pointer", "pass a lambda to a template"), nullptr;
    }
    ir::Expr* object = lower_lvalue(operand);
    if (!object || !object->type->is<ir::RefType>()) return nullptr;
    const auto* deref = object->as<ir::Deref>();
    return deref ? deref->pointer : builder_.address_of(object);
  }
  case clang::UO_Deref: {
    ir::Expr* pointer = lower_value(operand);
    if (!pointer || !pointer->type->is<ir::PtrType>()) return nullptr;
    const auto* address = pointer->as<ir::AddressOf>();
    return address ? address->reference : builder_.deref(pointer);
  }
  case clang::UO_Plus:
  case clang::UO_Extension:
    return lower_value(operand);
  case clang::UO_Minus:
  case clang::UO_Not:
  case clang::UO_LNot: {
    ir::Expr* value = lower_value(operand);
    if (!value) return nullptr;
    builder_.set_loc(loc(expr));
    if (expr->getOpcode() == clang::UO_Minus) {
      if (const auto* literal = value->as<ir::Literal>(); literal && value->type->is_integer()) {
        return builder_.integer(value->type, 0 - std::get<std::uint64_t>(literal->value));
      }
      return builder_.unary(ir::UnaryOp::negate, value);
    }
    if (expr->getOpcode() == clang::UO_Not) return builder_.unary(ir::UnaryOp::bit_not, value);
    return builder_.unary(ir::UnaryOp::logical_not, value);
  }
  default:
    unsupported(expr, "this operator");
    return nullptr;
  }
}

ir::Expr* FunctionLowering::lower_increment(const clang::UnaryOperator* expr, bool want_value) {
  ir::Expr* place = writable(lower_lvalue(expr->getSubExpr()), expr);
  if (!place) return nullptr;
  builder_.set_loc(loc(expr));
  place = stable(place);
  ir::TypePtr type = place->type->as<ir::RefType>()->pointee;
  ir::Expr* old = builder_.load(copy_of(place));
  const bool is_postfix = expr->isPostfix() && want_value;
  if (is_postfix) old = builder_.ref(builder_.let("old", old));
  ir::Expr* result = is_postfix ? copy_of(old) : copy_of(place);
  const bool up = expr->isIncrementOp();
  ir::Expr* next = nullptr;
  if (type->is<ir::PtrType>()) {
    next = builder_.ptr_offset(old, builder_.integer(builder_.types().i64(), up ? 1 : ~0ull));
  } else {
    ir::Expr* one = type->is_float() ? builder_.floating(type, 1.0) : builder_.integer(type, 1);
    next = up ? builder_.add(old, one) : builder_.sub(old, one);
  }
  builder_.store(place, next);
  return result;
}

ir::Expr* FunctionLowering::lower_arithmetic(clang::BinaryOperatorKind op, ir::Expr* lhs,
                                             ir::Expr* rhs, clang::SourceLocation where) {
  builder_.set_loc(parent_.loc(where));
  const bool left_pointer = lhs->type->is<ir::PtrType>();
  const bool right_pointer = rhs->type->is<ir::PtrType>();
  if (left_pointer && right_pointer && op == clang::BO_Sub) {
    return builder_.ptr_difference(lhs, rhs);
  }
  if (left_pointer && right_pointer)
    return builder_.binary(*binary_op(op), lhs, adapt(rhs, lhs->type));
  if (left_pointer || right_pointer) {
    ir::Expr* pointer = left_pointer ? lhs : rhs;
    ir::Expr* offset = left_pointer ? rhs : lhs;
    if (op == clang::BO_Sub) {
      offset =
          builder_.unary(ir::UnaryOp::negate, builder_.convert(builder_.types().i64(), offset));
    }
    return builder_.ptr_offset(pointer, offset);
  }
  return builder_.binary(*binary_op(op), lhs, rhs);
}

ir::Expr* FunctionLowering::lower_binary(const clang::BinaryOperator* expr) {
  if (expr->isLogicalOp()) return lower_logical(expr);
  if (expr->getOpcode() == clang::BO_Comma) {
    lower_effect(expr->getLHS());
    return lower_value(expr->getRHS());
  }
  if (!binary_op(expr->getOpcode())) {
    unsupported(expr, "the operator '" + expr->getOpcodeStr().str() + "'");
    return nullptr;
  }
  const auto [lhs, rhs] = in_order([&] { return lower_value(expr->getLHS()); },
                                   [&] { return lower_value(expr->getRHS()); });
  if (!lhs || !rhs) return nullptr;
  return lower_arithmetic(expr->getOpcode(), lhs, rhs, expr->getOperatorLoc());
}

// The right side is evaluated before the left one (C++17).
ir::Expr* FunctionLowering::lower_assignment(const clang::BinaryOperator* expr) {
  const auto [value, place] = in_order([&] { return lower_value(expr->getRHS()); },
                                       [&] { return lower_lvalue(expr->getLHS()); });
  if (!value || !writable(place, expr)) return nullptr;
  builder_.set_loc(loc(expr));
  ir::Expr* target = stable(place);
  ir::Expr* result = copy_of(target);
  builder_.store(target, adapt(value, target->type->as<ir::RefType>()->pointee));
  return result;
}

ir::Expr* FunctionLowering::lower_compound_assignment(const clang::CompoundAssignOperator* expr) {
  const auto [value, place] = in_order([&] { return lower_value(expr->getRHS()); },
                                       [&] { return lower_lvalue(expr->getLHS()); });
  if (!value || !writable(place, expr)) return nullptr;
  builder_.set_loc(loc(expr));
  ir::Expr* target = stable(place);
  ir::Expr* result = copy_of(target);
  ir::TypePtr type = target->type->as<ir::RefType>()->pointee;
  // x op= y computes in the type that the operator has after the usual conversions.
  ir::TypePtr computation =
      parent_.lower_type(expr->getComputationLHSType(), expr->getOperatorLoc());
  if (!computation) return nullptr;
  ir::Expr* old = builder_.load(copy_of(target));
  if (!type->is<ir::PtrType>()) old = builder_.convert(computation, old);
  ir::Expr* next =
      lower_arithmetic(clang::BinaryOperator::getOpForCompoundAssignment(expr->getOpcode()), old,
                       value, expr->getOperatorLoc());
  builder_.set_loc(loc(expr));
  if (!type->is<ir::PtrType>()) next = builder_.convert(type, next);
  builder_.store(target, adapt(next, type));
  return result;
}

void FunctionLowering::hoist_variables(ir::Block& block) {
  std::vector<ir::Stmt*> kept;
  for (ir::Stmt* stmt : block.statements) {
    const auto* var = stmt->as<ir::Var>();
    if (!var) {
      kept.push_back(stmt);
      continue;
    }
    ir::Local* local = var->local;
    ir::Expr* init = var->init;
    builder_.set_loc(stmt->loc);
    const bool anywhere = init && init->is<ir::Literal>();
    builder_.append(ir::Var{local, anywhere ? init : nullptr});
    if (!init || anywhere) continue;
    stmt->node = ir::Store{builder_.ref(local), init};
    kept.push_back(stmt);
  }
  block.statements = std::move(kept);
}

ir::Expr* FunctionLowering::lower_lazy(ir::TypePtr type,
                                       const std::function<ir::Expr*()>& condition,
                                       const std::function<ir::Expr*()>& if_true,
                                       const std::function<ir::Expr*()>& if_false, bool is_logical,
                                       ir::LogicalOp logical_op) {
  ir::Expr* chosen = condition();
  if (!chosen) return nullptr;
  const ir::Loc place = builder_.loc();
  ir::Block* outer = builder_.block();
  ir::Block true_block;
  ir::Block false_block;
  builder_.set_block(&true_block);
  ir::Expr* true_value = if_true();
  builder_.set_block(&false_block);
  ir::Expr* false_value = if_false();
  builder_.set_block(outer);
  if (!true_value || !false_value) return nullptr;
  if (type->is<ir::PtrType>()) { // which may point to a temporary of its arm
    hoist_variables(true_block);
    hoist_variables(false_block);
  }
  builder_.set_loc(place);
  if (true_block.empty() && false_block.empty()) {
    if (is_logical && logical_op == ir::LogicalOp::logical_and) {
      return builder_.logical(logical_op, chosen, true_value);
    }
    if (is_logical) return builder_.logical(logical_op, chosen, false_value);
    return builder_.select(chosen, adapt(true_value, type), adapt(false_value, type));
  }
  // An arm has effects: it becomes a branch.
  ir::Local* result = builder_.var("chosen", type);
  ir::Stmt* branch = builder_.append(ir::If{chosen, std::move(true_block), std::move(false_block)});
  const auto finish = [&](ir::Block& block, ir::Expr* value) {
    builder_.set_block(&block);
    builder_.store(builder_.ref(result), adapt(value, type));
  };
  finish(branch->as<ir::If>()->then_block, true_value);
  finish(branch->as<ir::If>()->else_block, false_value);
  builder_.set_block(outer);
  return builder_.load(builder_.ref(result));
}

ir::Expr* FunctionLowering::lower_logical(const clang::BinaryOperator* expr) {
  const bool is_and = expr->getOpcode() == clang::BO_LAnd;
  const auto rhs = [&] { return lower_value(expr->getRHS()); };
  const auto constant = [&] { return builder_.boolean(!is_and); };
  const auto lhs = [&] { return lower_value(expr->getLHS()); };
  const auto op = is_and ? ir::LogicalOp::logical_and : ir::LogicalOp::logical_or;
  if (is_and) return lower_lazy(builder_.types().boolean(), lhs, rhs, constant, true, op);
  return lower_lazy(builder_.types().boolean(), lhs, constant, rhs, true, op);
}

ir::Expr* FunctionLowering::lower_conditional(const clang::AbstractConditionalOperator* expr,
                                              bool as_lvalue) {
  if (llvm::isa<clang::BinaryConditionalOperator>(expr)) {
    unsupported(expr, "the ?: of GNU without a middle", "write it out");
    return nullptr;
  }
  if (as_lvalue) {
    // A choice between two objects is a choice between their addresses.
    ir::TypePtr pointee = type_of(expr);
    if (!pointee) return nullptr;
    const ir::Access access =
        expr->getType().isConstQualified() ? ir::Access::read : ir::Access::read_write;
    ir::TypePtr type = builder_.types().ptr(pointee, ir::AddressSpace::generic, access);
    const auto address = [&](const clang::Expr* arm) -> ir::Expr* {
      ir::Expr* object = lower_lvalue(arm);
      if (!object) return nullptr;
      if (!object->type->is<ir::RefType>()) {
        object = builder_.ref(builder_.var("temporary", object->type, object));
      }
      return builder_.address_of(object);
    };
    ir::Expr* pointer = lower_lazy(
        type, [&] { return lower_condition(expr->getCond()); },
        [&] { return address(expr->getTrueExpr()); }, [&] { return address(expr->getFalseExpr()); },
        false, {});
    return pointer ? builder_.deref(pointer) : nullptr;
  }
  if (expr->getType()->isVoidType()) {
    lower_effect(expr);
    return nullptr;
  }
  ir::TypePtr type = type_of(expr);
  if (!type) return nullptr;
  return lower_lazy(
      type, [&] { return lower_condition(expr->getCond()); },
      [&] { return lower_initializer(expr->getTrueExpr(), type); },
      [&] { return lower_initializer(expr->getFalseExpr(), type); }, false, {});
}

} // namespace ring::frontend
