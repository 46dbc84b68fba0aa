// Conversions, as Clang has classified them.
#include "frontend/function_lowering.h"
#include "ir/sign_extended.h"

namespace ring::frontend {

using ir::DiagnosticId;

namespace {

/// A conversion between integers that keeps the value keeps what the source calls it.
void keep_name(const ir::Expr& constant, ir::Expr& converted) {
  if (!constant.type->is_integer() || !converted.type->is_integer()) return;
  const auto number = [](const ir::Expr& expr) {
    const ir::Scalar kind = expr.type->as<ir::ScalarType>()->kind;
    const std::uint64_t bits = bits_of(*expr.as<ir::Literal>());
    return ir::is_signed(kind) ? static_cast<std::uint64_t>(ir::sign_extended(bits, kind)) : bits;
  };
  auto* literal = converted.as<ir::Literal>();
  if (number(constant) == number(converted)) literal->name = constant.as<ir::Literal>()->name;
}

} // namespace

ir::Expr* FunctionLowering::to_bool(ir::Expr* value) {
  if (value->type->is<ir::PtrType>()) {
    return builder_.binary(ir::BinaryOp::ne, value, builder_.zero(value->type));
  }
  return builder_.convert(builder_.types().boolean(), value);
}

/// An empty base class or [[no_unique_address]] member is no field: it has no bytes to share.
ir::Expr* FunctionLowering::empty_object(clang::QualType type, clang::SourceLocation where) {
  ir::TypePtr lowered = parent_.lower_type(type, where);
  return lowered ? builder_.ref(builder_.var("empty", lowered, builder_.zero(lowered))) : nullptr;
}

ir::Expr* FunctionLowering::base_object(ir::Expr* object, const clang::CastExpr* cast) {
  const auto class_of = [](clang::QualType type) {
    if (type->isPointerType()) type = type->getPointeeType();
    return type->getAsCXXRecordDecl();
  };
  const clang::CXXRecordDecl* derived = class_of(cast->getSubExpr()->getType());
  for (const clang::CXXBaseSpecifier* step : cast->path()) {
    const clang::CXXRecordDecl* base = step->getType()->getAsCXXRecordDecl();
    if (base->isEmpty()) return empty_object(step->getType(), cast->getBeginLoc());
    object = builder_.member(object, parent_.base_index(derived, base));
    derived = base;
  }
  return object;
}

ir::Expr* FunctionLowering::lower_cast(const clang::CastExpr* expr) {
  const clang::Expr* operand = expr->getSubExpr();
  const auto value_of = [&](const clang::Expr* e) {
    return e->isGLValue() ? lower_lvalue(e) : lower_value(e);
  };
  switch (expr->getCastKind()) {
  case clang::CK_NoOp: {
    ir::Expr* value = value_of(operand);
    if (!value || expr->isGLValue()) return value;
    ir::TypePtr type = type_of(expr);
    return type ? adapt(value, type) : nullptr;
  }
  case clang::CK_LValueToRValue: {
    // A choice between two objects is a choice between their values.
    if (llvm::isa<clang::ConditionalOperator>(operand->IgnoreParenImpCasts()))
      return lower_value(operand);
    ir::Expr* reference = lower_lvalue(operand);
    return reference ? builder_.rvalue(reference) : nullptr;
  }
  case clang::CK_UserDefinedConversion:
  case clang::CK_ConstructorConversion:
  case clang::CK_Dependent:
    return value_of(operand);
  case clang::CK_IntegralCast:
  case clang::CK_FloatingCast:
  case clang::CK_IntegralToFloating:
  case clang::CK_FloatingToIntegral:
  case clang::CK_BooleanToSignedIntegral: {
    ir::Expr* value = lower_value(operand);
    ir::TypePtr type = value ? type_of(expr) : nullptr;
    if (!type) return nullptr;
    builder_.set_loc(loc(expr));
    // A literal of another type: 4096 -> 4096u, 2 -> 2.0f.
    if (const auto* literal = value->as<ir::Literal>(); literal && !value->type->is_bool()) {
      clang::Expr::EvalResult result;
      if (expr->EvaluateAsRValue(result, parent_.context())) {
        if (ir::Expr* folded =
                parent_.lower_constant(result.Val, expr->getType(), expr->getBeginLoc())) {
          keep_name(*value, *folded);
          return folded;
        }
      }
    }
    return builder_.convert(type, value);
  }
  case clang::CK_IntegralToBoolean:
  case clang::CK_FloatingToBoolean:
  case clang::CK_PointerToBoolean: {
    ir::Expr* value = lower_value(operand);
    return value ? to_bool(value) : nullptr;
  }
  case clang::CK_ArrayToPointerDecay: {
    ir::Expr* array = lower_lvalue(operand);
    if (!array || !array->type->is<ir::RefType>()) return nullptr;
    return builder_.address_of(builder_.index(array, builder_.u32(0)));
  }
  case clang::CK_NullToPointer: {
    ir::TypePtr type = type_of(expr);
    return type ? builder_.zero(type) : nullptr;
  }
  case clang::CK_DerivedToBase:
  case clang::CK_UncheckedDerivedToBase: {
    ir::Expr* value = value_of(operand);
    if (!value) return nullptr;
    if (!value->type->is<ir::PtrType>()) return base_object(value, expr);
    const auto* address = value->as<ir::AddressOf>();
    ir::Expr* object = address ? address->reference : builder_.deref(value);
    ir::Expr* base = base_object(object, expr);
    return base ? builder_.address_of(base) : nullptr;
  }
  case clang::CK_LValueToRValueBitCast: { // std::bit_cast
    ir::Expr* source = lower_lvalue(operand);
    ir::TypePtr type = source ? type_of(expr) : nullptr;
    if (!type) return nullptr;
    ir::Expr* value = builder_.rvalue(source);
    if (!type->is<ir::ScalarType>() || !value->type->is<ir::ScalarType>()) {
      return error(DiagnosticId::unsupported_construct, expr->getBeginLoc(),
                   "std::bit_cast works between scalars on a device; convert field by field");
    }
    return builder_.bitcast(type, value);
  }
  case clang::CK_ToVoid:
    lower_effect(operand);
    return nullptr;
  case clang::CK_BitCast:
  case clang::CK_LValueBitCast:
  case clang::CK_IntegralToPointer:
  case clang::CK_PointerToIntegral:
    // The cast of what malloc returns is not what is wrong.
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(operand->IgnoreParenImpCasts());
        call && refuse_allocation(call)) {
      return nullptr;
    }
    unsupported(expr, "a reinterpret_cast", "use std::bit_cast on values");
    return nullptr;
  default:
    unsupported(expr, std::string("a conversion of kind ") + expr->getCastKindName());
    return nullptr;
  }
}

} // namespace ring::frontend
