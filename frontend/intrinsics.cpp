// Rows of the intrinsic table: the device API and the functions of the standard library that the
// table knows.
#include "frontend/annotations.h"
#include "frontend/function_lowering.h"

namespace ring::frontend {

using intrinsics::Id;
using ir::DiagnosticId;

namespace {

/// std::memory_order's values: relaxed 0, consume 1, acquire 2, release 3, acq_rel 4, seq_cst 5.
ir::MemoryOrder order_of(std::uint64_t value) {
  switch (value) {
  case 0:
    return ir::MemoryOrder::relaxed;
  case 1:
  case 2:
    return ir::MemoryOrder::acquire;
  case 3:
    return ir::MemoryOrder::release;
  case 4:
    return ir::MemoryOrder::acq_rel;
  default:
    return ir::MemoryOrder::seq_cst;
  }
}

enum class Argument { operand, order, scope };

/// Orders and scopes are told by their types.
Argument kind_of(const clang::Expr* argument) {
  const auto* type = argument->getType()->getAs<clang::EnumType>();
  if (!type) return Argument::operand;
  const clang::EnumDecl* decl = type->getDecl();
  if (decl->getName() == "memory_order") return Argument::order;
  if (decl->getName() == "MemoryScope") return Argument::scope;
  return Argument::operand;
}

} // namespace

ir::Expr* FunctionLowering::lower_id(const clang::CallExpr* call, Id id) {
  const ir::StructDecl* index3 =
      parent_.lower_record(call->getType()->getAsCXXRecordDecl(), call->getBeginLoc());
  if (!index3) return nullptr;
  builder_.set_loc(loc(call));
  std::vector<ir::Expr*> axes;
  for (std::uint32_t axis = 0; axis < 3; ++axis) {
    axes.push_back(builder_.intrinsic(builder_.types().u32(), id, {builder_.u32(axis)}));
  }
  return builder_.construct(builder_.types().structure(index3), std::move(axes));
}

ir::Expr* FunctionLowering::lower_span_member(const clang::CallExpr* call,
                                              const std::string& row_name) {
  const auto* member = llvm::dyn_cast<clang::CXXMemberCallExpr>(call);
  const clang::Expr* object = member ? member->getImplicitObjectArgument() : call->getArg(0);
  const auto argument = [&](unsigned i) { return call->getArg(member ? i : i + 1); };
  const auto span_of = [&]() -> ir::Expr* {
    if (!object->getType()->isPointerType()) return lower_value(object);
    ir::Expr* pointer = lower_value(object); // (*this)[i] inside a member of span
    if (!pointer) return nullptr;
    const auto* address = pointer->as<ir::AddressOf>();
    return builder_.rvalue(address ? address->reference : builder_.deref(pointer));
  };
  if (row_name == "span_at") {
    const auto [span, index] = in_order(span_of, [&] { return lower_value(argument(0)); });
    if (!span || !index) return nullptr;
    builder_.set_loc(loc(call));
    // The conversion to size_t says nothing that the index itself does not.
    ir::Expr* plain = index;
    if (const auto* convert = index->as<ir::Convert>()) {
      ir::TypePtr from = convert->operand->type;
      if (from->is_integer() && !ir::is_signed(from->as<ir::ScalarType>()->kind)) {
        plain = convert->operand;
      }
    }
    return builder_.span_element(span, plain);
  }
  ir::Expr* span = span_of();
  if (!span) return nullptr;
  builder_.set_loc(loc(call));
  if (row_name == "span_size") return builder_.span_size(span);
  if (row_name == "span_data") return builder_.span_data(span);
  if (row_name == "span_subspan") {
    const std::size_t position = builder_.block()->statements.size();
    ir::Expr* offset = lower_value(argument(0));
    ir::Expr* count = offset ? lower_value(argument(1)) : nullptr;
    if (!count) return nullptr;
    if (builder_.block()->statements.size() != position) capture_at(position, span);
    const ir::Access access = span->type->as<ir::SpanType>()->access;
    return builder_.make_span(builder_.ptr_offset(builder_.span_data(span), offset), count, access);
  }
  return error(DiagnosticId::unsupported_construct, call->getBeginLoc(),
               "unknown member of ring::span");
}

ir::Expr* FunctionLowering::lower_compare_exchange(const clang::CallExpr* call, ir::Expr* object) {
  ir::MemoryOrder order = ir::MemoryOrder::seq_cst;
  ir::MemoryScope scope = ir::MemoryScope::device;
  for (const clang::Expr* argument : call->arguments()) {
    const Argument kind = kind_of(argument);
    if (kind == Argument::operand) continue;
    const auto value = argument->EvaluateKnownConstInt(parent_.context()).getZExtValue();
    if (kind == Argument::order) order = order_of(value);
    if (kind == Argument::scope) scope = static_cast<ir::MemoryScope>(value);
  }
  ir::Expr* expected = lower_lvalue(call->getArg(0));
  ir::Expr* desired = expected ? lower_value(call->getArg(1)) : nullptr;
  if (!desired) return nullptr;
  builder_.set_loc(loc(call));
  expected = stable(expected);
  ir::TypePtr type = desired->type;
  ir::Local* wanted = builder_.let("expected", builder_.load(copy_of(expected)));
  ir::Local* found = builder_.let(
      "found", builder_.intrinsic(type, Id::atomic_cas, {object, builder_.ref(wanted), desired},
                                  order, scope));
  builder_.store(expected, builder_.ref(found));
  // Floats are compared by their bits, as the hardware does.
  ir::TypeTable& types = builder_.types();
  const auto bits = [&](ir::Expr* value) {
    if (!type->is_float()) return value;
    return builder_.bitcast(ir::size_of(type) == 8 ? types.u64() : types.u32(), value);
  };
  return builder_.binary(ir::BinaryOp::eq, bits(builder_.ref(found)), bits(builder_.ref(wanted)));
}

ir::Expr* FunctionLowering::lower_table_row(const clang::CallExpr* call,
                                            const intrinsics::Row& row) {
  std::vector<ir::Expr*> operands;
  const auto result = [&]() -> ir::TypePtr {
    return parent_.lower_type(call->getType().getNonReferenceType(), call->getBeginLoc());
  }();
  if (!result) return nullptr;
  for (const clang::Expr* argument : call->arguments()) {
    const std::size_t position = builder_.block()->statements.size();
    ir::Expr* value = lower_value(argument);
    if (!value) return nullptr;
    capture_all_at(position, operands);
    operands.push_back(value);
  }
  builder_.set_loc(loc(call));
  ir::Expr* value = builder_.intrinsic(result, row.id, std::move(operands));
  return row.effect == intrinsics::Effect::pure ? value : sequence(value, std::string(row.name));
}

ir::Expr* FunctionLowering::lower_intrinsic(const clang::CallExpr* call,
                                            const clang::FunctionDecl* callee,
                                            const std::string& row_name) {
  const intrinsics::Row* row = intrinsics::find_by_name(row_name);
  if (!row) {
    return error(DiagnosticId::unsupported_construct, call->getBeginLoc(),
                 "the intrinsic '" + row_name + "' is not in the table");
  }
  if (row->category == intrinsics::Category::span) return lower_span_member(call, row_name);
  const bool is_vector_id =
      row->category == intrinsics::Category::id && call->getType()->isRecordType();
  if (is_vector_id) return lower_id(call, row->id);

  ir::MemoryOrder order = row->default_order;
  ir::MemoryScope scope = row->default_scope;
  std::vector<ir::Expr*> operands;
  // A member of atomic_ref: its object is what it points to.
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(callee);
  if (method && method->isInstance()) {
    const auto* member = llvm::cast<clang::CXXMemberCallExpr>(call);
    ir::Expr* pointer = lower_value(member->getImplicitObjectArgument());
    if (!pointer) return nullptr;
    const auto* address = pointer->as<ir::AddressOf>();
    ir::Expr* object = address ? address->reference : builder_.deref(pointer);
    if (row->id == Id::atomic_compare_exchange) return lower_compare_exchange(call, object);
    operands.push_back(object);
  }
  for (unsigned i = 0; i < call->getNumArgs(); ++i) {
    const clang::Expr* argument = call->getArg(i);
    const Argument kind = row->has_order_scope ? kind_of(argument) : Argument::operand;
    if (kind != Argument::operand) {
      clang::Expr::EvalResult evaluated;
      if (!argument->EvaluateAsInt(evaluated, parent_.context())) {
        return error(DiagnosticId::not_constant, argument->getBeginLoc(),
                     "a memory order or scope must be a constant");
      }
      const std::uint64_t value = evaluated.Val.getInt().getZExtValue();
      if (kind == Argument::order) order = order_of(value);
      if (kind == Argument::scope) scope = static_cast<ir::MemoryScope>(value);
      continue;
    }
    const bool is_object = callee->getParamDecl(i)->getType()->isReferenceType();
    const std::size_t position = builder_.block()->statements.size();
    ir::Expr* value = is_object ? lower_lvalue(argument) : lower_value(argument);
    if (!value) return nullptr;
    capture_all_at(position, operands);
    operands.push_back(value);
  }
  ir::TypePtr result = parent_.lower_type(call->getType(), call->getBeginLoc());
  if (!result) return nullptr;
  builder_.set_loc(loc(call));
  ir::Expr* value = builder_.intrinsic(result, row->id, std::move(operands), order, scope);
  if (row->effect == intrinsics::Effect::pure) return value;
  static const std::map<intrinsics::Category, std::string> kNames{
      {intrinsics::Category::atomic, "old"}, {intrinsics::Category::warp, "lanes"}};
  const auto name = kNames.find(row->category);
  return sequence(value, name == kNames.end() ? row_name : name->second);
}

} // namespace ring::frontend
