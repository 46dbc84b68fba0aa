// Constructors, braces, and the values that variables start with.
#include "frontend/annotations.h"
#include "frontend/function_lowering.h"
#include "frontend/type_facts.h"

namespace ring::frontend {

using ir::DiagnosticId;

namespace {

/// What is empty has an initializer, but no field.
std::vector<const clang::Expr*> initializers_of_fields(const clang::InitListExpr* expr,
                                                       clang::ASTContext& context) {
  std::vector<const clang::Expr*> inits(expr->inits().begin(), expr->inits().end());
  const auto* record = expr->getType()->getAsCXXRecordDecl();
  if (!record) return inits;
  std::vector<const clang::Expr*> kept;
  std::size_t position = 0;
  const auto next = [&](bool is_empty) {
    if (position < inits.size() && !is_empty) kept.push_back(inits[position]);
    ++position;
  };
  for (const clang::CXXBaseSpecifier& base : record->bases())
    next(base.getType()->getAsCXXRecordDecl()->isEmpty());
  for (const clang::FieldDecl* field : record->fields())
    next(has_no_room(field, context));
  return kept;
}

} // namespace

ir::Expr* FunctionLowering::lower_initializer(const clang::Expr* init, ir::TypePtr type) {
  const clang::Expr* plain = init->IgnoreParens();
  if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(plain)) {
    return lower_initializer(cleanups->getSubExpr(), type);
  }
  if (const auto* constant = llvm::dyn_cast<clang::ConstantExpr>(plain);
      constant && !constant->hasAPValueResult()) {
    return lower_initializer(constant->getSubExpr(), type);
  }
  if (const auto* from_member = llvm::dyn_cast<clang::CXXDefaultInitExpr>(plain)) {
    return lower_initializer(from_member->getExpr(), type);
  }
  if (type->is<ir::RefType>()) return adapt(lower_lvalue(plain), type);
  // Default initialization leaves a trivial type undefined.
  if (const auto* construct = llvm::dyn_cast<clang::CXXConstructExpr>(plain)) {
    const clang::CXXConstructorDecl* constructor = construct->getConstructor();
    const bool leaves_undefined = constructor->isDefaultConstructor() && constructor->isTrivial() &&
                                  !construct->requiresZeroInitialization();
    if (leaves_undefined) return nullptr;
  }
  if (const auto* text = llvm::dyn_cast<clang::StringLiteral>(plain)) {
    const auto* array = type->as<ir::ArrayType>();
    if (!array) return nullptr;
    std::vector<ir::Expr*> characters;
    for (std::uint64_t i = 0; i < array->count; ++i) {
      characters.push_back(builder_.integer(
          array->element, i < text->getLength() ? text->getCodeUnit(static_cast<unsigned>(i)) : 0));
    }
    return builder_.construct(type, std::move(characters));
  }
  ir::Expr* value = lower_value(plain);
  return adapt(value, type);
}

ir::Expr* FunctionLowering::lower_construct(const clang::CXXConstructExpr* expr) {
  const clang::CXXConstructorDecl* constructor = expr->getConstructor();
  const clang::CXXRecordDecl* record = constructor->getParent();
  builder_.set_loc(loc(expr));
  const auto builtin = annotation_text(record, "ring.builtin_type");
  const bool copies = constructor->isCopyOrMoveConstructor() && expr->getNumArgs() == 1;
  if (copies && (constructor->isTrivial() || builtin)) {
    const clang::Expr* source = expr->getArg(0);
    return source->isGLValue() ? lower_value(source) : lower_value(source);
  }
  ir::TypePtr type = parent_.lower_object_type(expr->getType(), expr->getBeginLoc());
  if (!type) return nullptr;
  if (builtin == "span") {
    if (expr->getNumArgs() == 0) return builder_.zero(type);
    if (expr->getNumArgs() == 1)
      return adapt(lower_value(expr->getArg(0)), type); // span<T> to span<const T>
    const auto [data, size] = in_order([&] { return lower_value(expr->getArg(0)); },
                                       [&] { return lower_value(expr->getArg(1)); });
    if (!data || !size) return nullptr;
    return builder_.make_span(data, size, type->as<ir::SpanType>()->access);
  }
  if (builtin == "atomic_ref") {
    ir::Expr* object = lower_lvalue(expr->getArg(0));
    return object ? adapt(builder_.address_of(object), type) : nullptr;
  }
  if (constructor->isDefaultConstructor() && constructor->isTrivial()) return builder_.zero(type);
  std::vector<ir::Expr*> arguments;
  const std::vector<const clang::Expr*> written(expr->arg_begin(), expr->arg_end());
  if (!lower_arguments(constructor, written, arguments)) return nullptr;
  return lower_user_call(constructor, std::move(arguments), expr->getBeginLoc());
}

ir::Expr* FunctionLowering::lower_init_list(const clang::InitListExpr* expr) {
  if (!expr->isSemanticForm() && expr->getSemanticForm()) expr = expr->getSemanticForm();
  ir::TypePtr type = parent_.lower_object_type(expr->getType(), expr->getBeginLoc());
  if (!type) return nullptr;
  if (expr->isTransparent() || (!type->is<ir::StructType>() && !type->is<ir::ArrayType>())) {
    return expr->getNumInits() == 0 ? builder_.zero(type)
                                    : lower_initializer(expr->getInit(0), type);
  }
  const std::vector<const clang::Expr*> inits = initializers_of_fields(expr, parent_.context());
  std::vector<ir::Expr*> elements;
  const auto* array = type->as<ir::ArrayType>();
  const auto* structure = type->as<ir::StructType>();
  const std::size_t count = array ? array->count : structure->decl->fields.size();
  if (inits.empty() && (array || count == 0)) return builder_.zero(type);
  const auto type_at = [&](std::size_t i) {
    return array ? array->element : structure->decl->fields[i].type;
  };
  bool all_zero = array != nullptr;
  for (std::size_t i = 0; i < count; ++i) {
    const clang::Expr* init = i < inits.size() ? inits[i] : expr->getArrayFiller();
    const bool implicit = !init || llvm::isa<clang::ImplicitValueInitExpr>(init);
    const std::size_t position = builder_.block()->statements.size();
    ir::Expr* element = implicit ? builder_.zero(type_at(i)) : lower_initializer(init, type_at(i));
    if (!element && parent_.failed()) return nullptr;
    if (!element) element = builder_.zero(type_at(i));
    capture_all_at(position, elements);
    all_zero &= implicit;
    elements.push_back(element);
  }
  builder_.set_loc(loc(expr));
  return all_zero ? builder_.zero(type) : builder_.construct(type, std::move(elements));
}

} // namespace ring::frontend
