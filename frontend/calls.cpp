// Calls: intrinsics and known functions first, then whatever has a body.
#include "frontend/annotations.h"
#include "frontend/function_lowering.h"

#include "clang/Basic/Builtins.h"

namespace ring::frontend {

using ir::DiagnosticId;

namespace {

bool manages_memory(const clang::FunctionDecl* function) {
  switch (function->getBuiltinID()) {
  case clang::Builtin::BImalloc:
  case clang::Builtin::BIcalloc:
  case clang::Builtin::BIrealloc:
  case clang::Builtin::BIaligned_alloc:
  case clang::Builtin::BIfree:
  case clang::Builtin::BIalloca:
  case clang::Builtin::BI__builtin_malloc:
  case clang::Builtin::BI__builtin_calloc:
  case clang::Builtin::BI__builtin_realloc:
  case clang::Builtin::BI__builtin_free:
  case clang::Builtin::BI__builtin_alloca:
  case clang::Builtin::BI__builtin_operator_new:
  case clang::Builtin::BI__builtin_operator_delete:
    return true;
  default:
    return function->isReplaceableGlobalAllocationFunction();
  }
}

} // namespace

ir::Expr* FunctionLowering::sequence(ir::Expr* effect, const std::string& name) {
  if (effect->type->is<ir::VoidType>()) {
    builder_.eval(effect);
    return nullptr;
  }
  unnamed_result_ = builder_.let(name, effect);
  return builder_.ref(unnamed_result_);
}

ir::Local* FunctionLowering::name_result(const ir::Expr* value, const std::string& name) {
  const auto* ref = value->as<ir::LocalRef>();
  if (!ref || ref->local != unnamed_result_ || builder_.block()->statements.empty()) return nullptr;
  const auto* let = builder_.block()->statements.back()->as<ir::Let>();
  if (!let || let->local != ref->local) return nullptr;
  let->local->name = name;
  let->local->loc = builder_.loc();
  unnamed_result_ = nullptr; // now it is the user's
  return let->local;
}

ir::Expr* FunctionLowering::lower_argument(const clang::Expr* argument, ir::TypePtr parameter) {
  ir::Expr* value = nullptr;
  if (parameter->is<ir::RefType>()) {
    value = lower_lvalue(argument);
    if (value && !value->type->is<ir::RefType>()) { // a constant bound to a const reference
      value = builder_.ref(builder_.var("temporary", value->type, value));
    }
  } else {
    value = lower_initializer(argument, parameter);
  }
  return adapt(value, parameter);
}

bool FunctionLowering::lower_arguments(const clang::FunctionDecl* callee,
                                       llvm::ArrayRef<const clang::Expr*> arguments,
                                       std::vector<ir::Expr*>& lowered) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const clang::ParmVarDecl* param = callee->getParamDecl(static_cast<unsigned>(i));
    ir::TypePtr type = parent_.lower_type(param->getType(), arguments[i]->getBeginLoc());
    if (!type) return false;
    const std::size_t position = builder_.block()->statements.size();
    ir::Expr* value = lower_argument(arguments[i], type);
    if (!value) return false;
    // The earlier arguments keep the values that they had before this one's effects.
    capture_all_at(position, lowered);
    lowered.push_back(value);
  }
  return true;
}

ir::Expr* FunctionLowering::lower_user_call(const clang::FunctionDecl* callee,
                                            std::vector<ir::Expr*> arguments,
                                            clang::SourceLocation where) {
  ir::Function* function = parent_.lower_function(callee, where);
  if (!function) return nullptr;
  builder_.set_loc(parent_.loc(where));
  ir::Expr* call = builder_.call(function, std::move(arguments));
  if (function->has_side_effects || function->result->is<ir::VoidType>()) {
    return sequence(call, function->name + "_result");
  }
  return call;
}

// Functions with a meaning of their own: nullopt if this is none of them.
std::optional<ir::Expr*> FunctionLowering::lower_known_function(const clang::CallExpr* call,
                                                                const clang::FunctionDecl* callee) {
  switch (callee->getBuiltinID()) {
  case clang::Builtin::BImove:
  case clang::Builtin::BIforward:
  case clang::Builtin::BIforward_like:
  case clang::Builtin::BImove_if_noexcept:
  case clang::Builtin::BIas_const:
    return lower_lvalue(call->getArg(0));
  case clang::Builtin::BIaddressof:
  case clang::Builtin::BI__addressof:
  case clang::Builtin::BI__builtin_addressof: {
    ir::Expr* object = lower_lvalue(call->getArg(0));
    return object ? builder_.address_of(object) : nullptr;
  }
  case clang::Builtin::BI__builtin_expect:
    return lower_value(call->getArg(0));
  case clang::Builtin::BI__builtin_unreachable:
  case clang::Builtin::BI__builtin_assume:
  case clang::Builtin::BI__assume:
    return nullptr;
  case clang::Builtin::BI__builtin_is_constant_evaluated:
    return builder_.boolean(false);
  default:
    break;
  }
  if (callee->isInStdNamespace() && callee->getIdentifier() &&
      callee->getName() == "is_constant_evaluated") {
    return builder_.boolean(false);
  }
  // std::array's operator[] and std::get: an index, not a call of three functions.
  const auto is_std_array = [](clang::QualType type) {
    const clang::CXXRecordDecl* record = type.getNonReferenceType()->getAsCXXRecordDecl();
    return record && record->isInStdNamespace() && record->getIdentifier() &&
           record->getName() == "array";
  };
  if (callee->getOverloadedOperator() == clang::OO_Subscript &&
      is_std_array(call->getArg(0)->getType())) {
    const auto [object, index] = in_order([&] { return lower_lvalue(call->getArg(0)); },
                                          [&] { return lower_value(call->getArg(1)); });
    if (!object || !index) return nullptr;
    builder_.set_loc(loc(call));
    return builder_.index(builder_.member(object, 0), index);
  }
  const clang::TemplateArgumentList* arguments = callee->getTemplateSpecializationArgs();
  if (callee->isInStdNamespace() && callee->getIdentifier() && callee->getName() == "get" &&
      arguments && arguments->size() > 0 &&
      arguments->get(0).getKind() == clang::TemplateArgument::Integral && call->getNumArgs() == 1 &&
      is_std_array(call->getArg(0)->getType())) {
    ir::Expr* object = lower_lvalue(call->getArg(0));
    if (!object) return nullptr;
    const auto index = static_cast<std::uint32_t>(arguments->get(0).getAsIntegral().getZExtValue());
    return builder_.index(builder_.member(object, 0), builder_.u32(index));
  }
  return std::nullopt;
}

bool FunctionLowering::refuse_allocation(const clang::CallExpr* call) {
  const clang::FunctionDecl* callee = call->getDirectCallee();
  if (!callee || !manages_memory(callee)) return false;
  unsupported(call, "'" + callee->getNameAsString() + "'",
              "a device allocates no memory: use arrays of a fixed size, or pass a ring::span");
  return true;
}

ir::Expr* FunctionLowering::lower_call(const clang::CallExpr* call) {
  const clang::FunctionDecl* callee = call->getDirectCallee();
  if (!callee) {
    unsupported(call, "a call through a pointer", "pass a lambda to a template");
    return nullptr;
  }
  builder_.set_loc(loc(call));
  if (refuse_allocation(call)) return nullptr;
  if (const auto row = annotation_text(callee, "ring.intrinsic")) {
    return lower_intrinsic(call, callee, *row);
  }
  if (const auto operation = annotation_text(callee, "ring.message_operation")) {
    return lower_message_operation(call, callee, *operation);
  }
  // Before the body of reply(): the place of what is wrong is the call.
  if (const auto message = parent_.message_argument(callee);
      message &&
      !parent_.lower_message(*message, call->getArg(call->getNumArgs() - 1)->getBeginLoc())) {
    return nullptr;
  }
  // numeric_limits, sizes, constexpr tables: what is constant stays constant.
  const bool scalar = call->getType()->isArithmeticType() || call->getType()->isEnumeralType();
  if (scalar && callee->isConstexpr() && call->isPRValue()) {
    clang::Expr::EvalResult result;
    if (call->EvaluateAsRValue(result, parent_.context()) && !result.HasSideEffects) {
      if (ir::Expr* value =
              parent_.lower_constant(result.Val, call->getType(), call->getBeginLoc())) {
        return value;
      }
    }
  }
  if (const intrinsics::Row* row = standard_row(callee)) return lower_table_row(call, *row);
  if (const auto known = lower_known_function(call, callee)) return *known;
  if (callee->isVariadic()) {
    unsupported(call, "a function with variadic arguments");
    return nullptr;
  }

  std::vector<ir::Expr*> arguments;
  std::vector<const clang::Expr*> written(call->arg_begin(), call->arg_end());
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(callee);
  if (method && method->isInstance()) {
    if (method->isVirtual()) {
      unsupported(call, "a virtual call", "use a template or an enum with a switch");
      return nullptr;
    }
    const clang::Expr* object = nullptr;
    if (const auto* member = llvm::dyn_cast<clang::CXXMemberCallExpr>(call)) {
      object = member->getImplicitObjectArgument();
    } else {
      object = written.front();
      written.erase(written.begin());
    }
    ir::Expr* self = nullptr;
    if (object->getType()->isPointerType()) {
      ir::Expr* pointer = lower_value(object);
      if (!pointer) return nullptr;
      const auto* address = pointer->as<ir::AddressOf>();
      self = address ? address->reference : builder_.deref(pointer);
    } else {
      self = lower_lvalue(object);
    }
    if (!self) return nullptr;
    // A trivial assignment is a store.
    if ((method->isCopyAssignmentOperator() || method->isMoveAssignmentOperator()) &&
        method->isTrivial()) {
      ir::Expr* place = stable(self);
      ir::Expr* result = copy_of(place);
      ir::Expr* value = lower_value(written[0]);
      if (!value) return nullptr;
      builder_.set_loc(loc(call));
      builder_.store(place, value);
      return result;
    }
    if (!self->type->is<ir::RefType>()) {
      self = builder_.ref(builder_.var("temporary", self->type, self));
    }
    ir::TypePtr class_type =
        parent_.lower_type(method->getFunctionObjectParameterType(), call->getBeginLoc());
    if (!class_type) return nullptr;
    // A member of a built-in type, like span::begin: its `this` is the value itself.
    const ir::Access access = method->isConst() ? ir::Access::read : ir::Access::read_write;
    arguments.push_back(
        adapt(self, builder_.types().ref(class_type, ir::AddressSpace::generic, access)));
  }
  if (!lower_arguments(callee, written, arguments)) return nullptr;
  return lower_user_call(callee, std::move(arguments), call->getBeginLoc());
}

} // namespace ring::frontend
