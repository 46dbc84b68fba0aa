// Expressions: names, members, subscripts, temporaries, and the order of evaluation.
#include "frontend/function_lowering.h"
#include "frontend/type_facts.h"
#include "ir/clone.h"

namespace ring::frontend {

using ir::DiagnosticId;

namespace {

/// __builtin_unreachable and the like have no code.
bool is_assumption(const clang::Expr* expr) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(expr);
  return call && call->getBuiltinCallee() != 0;
}

/// The expression whose value a glvalue names, if that needs no object: a temporary, or a choice.
const clang::Expr* value_named_by(const clang::Expr* expr) {
  if (!expr->isGLValue()) return nullptr;
  expr = expr->IgnoreParens();
  while (const auto* cast = llvm::dyn_cast<clang::ImplicitCastExpr>(expr)) {
    if (cast->getCastKind() != clang::CK_NoOp) return nullptr;
    expr = cast->getSubExpr()->IgnoreParens();
  }
  const bool is_known =
      llvm::isa<clang::ConditionalOperator, clang::MaterializeTemporaryExpr>(expr);
  return is_known ? expr : nullptr;
}

/// May the value be evaluated later than it stands in the source?
bool is_stable_value(const ir::Expr* expr) {
  if (expr->is<ir::Literal>() || expr->is<ir::LocalRef>() || expr->is<ir::GlobalRef>()) return true;
  if (const auto* member = expr->as<ir::Member>()) return is_stable_value(member->base);
  if (const auto* address = expr->as<ir::AddressOf>()) return is_stable_value(address->reference);
  if (const auto* index = expr->as<ir::Index>()) {
    return is_stable_value(index->base) && is_stable_value(index->index);
  }
  if (const auto* convert = expr->as<ir::Convert>()) return is_stable_value(convert->operand);
  if (const auto* binary = expr->as<ir::Binary>()) {
    return is_stable_value(binary->lhs) && is_stable_value(binary->rhs);
  }
  return false;
}

/// A path that may be written twice: names, members, and short index expressions.
bool is_short_path(const ir::Expr* expr, int depth = 0) {
  if (depth > 4) return false;
  if (expr->is<ir::Literal>() || expr->is<ir::LocalRef>() || expr->is<ir::GlobalRef>()) return true;
  const auto shorter = [&](const ir::Expr* inner) { return is_short_path(inner, depth + 1); };
  if (const auto* e = expr->as<ir::Member>()) return shorter(e->base);
  if (const auto* e = expr->as<ir::Index>()) return shorter(e->base) && shorter(e->index);
  if (const auto* e = expr->as<ir::SpanElement>()) return shorter(e->span) && shorter(e->index);
  if (const auto* e = expr->as<ir::Convert>()) return is_short_path(e->operand, depth);
  if (const auto* e = expr->as<ir::Load>()) {
    // A load of anything but a plain variable may give something else the second time.
    return e->reference->is<ir::LocalRef>();
  }
  if (const auto* e = expr->as<ir::Binary>()) return shorter(e->lhs) && shorter(e->rhs);
  if (const auto* e = expr->as<ir::Deref>()) return shorter(e->pointer);
  return false;
}

} // namespace

ir::Expr* FunctionLowering::copy_of(const ir::Expr* expr) {
  return ir::clone(builder_.module(), expr);
}

void FunctionLowering::capture_at(std::size_t position, ir::Expr*& value) {
  if (is_stable_value(value)) return;
  ir::Local* local =
      builder_.module().local(ir::Local::Kind::let, "value", value->type, value->loc);
  auto& statements = builder_.block()->statements;
  statements.insert(statements.begin() + static_cast<std::ptrdiff_t>(position),
                    builder_.module().stmt(ir::Let{local, value}, value->loc));
  value = builder_.ref(local);
}

void FunctionLowering::capture_all_at(std::size_t position, std::vector<ir::Expr*>& values) {
  const auto& statements = builder_.block()->statements;
  if (statements.size() == position) return;
  for (ir::Expr*& value : values) {
    const std::size_t before = statements.size();
    capture_at(position, value);
    position += statements.size() - before;
  }
}

std::pair<ir::Expr*, ir::Expr*>
FunctionLowering::in_order(const std::function<ir::Expr*()>& first,
                           const std::function<ir::Expr*()>& second) {
  ir::Expr* a = first();
  if (!a) return {nullptr, nullptr};
  const std::size_t position = builder_.block()->statements.size();
  ir::Expr* b = second();
  if (builder_.block()->statements.size() != position) capture_at(position, a);
  return {a, b};
}

ir::Expr* FunctionLowering::stable(ir::Expr* reference) {
  if (is_short_path(reference)) return reference;
  return builder_.ref(builder_.let("place", reference));
}

ir::TypePtr FunctionLowering::type_of(const clang::Expr* expr) {
  return parent_.lower_type(expr->getType(), expr->getBeginLoc());
}

ir::Expr* FunctionLowering::adapt(ir::Expr* value, ir::TypePtr type) {
  if (!value || value->type == type) return value;
  const bool widens = (value->type->is<ir::RefType>() && type->is<ir::RefType>()) ||
                      (value->type->is<ir::PtrType>() && type->is<ir::PtrType>()) ||
                      (value->type->is<ir::SpanType>() && type->is<ir::SpanType>());
  return widens ? builder_.convert(type, value) : value;
}

void FunctionLowering::lower_effect(const clang::Expr* expr) {
  expr = expr->IgnoreParens();
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(expr)) {
    return lower_effect(cast->getSubExpr());
  }
  if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(expr)) {
    return lower_effect(cleanups->getSubExpr());
  }
  if (const auto* temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(expr)) {
    return lower_effect(temporary->getSubExpr());
  }
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr)) {
    if (unary->isIncrementDecrementOp()) {
      lower_increment(unary, false);
      return;
    }
  }
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr)) {
    if (binary->getOpcode() == clang::BO_Comma) {
      lower_effect(binary->getLHS());
      lower_effect(binary->getRHS());
      return;
    }
  }
  if (const auto* conditional = llvm::dyn_cast<clang::ConditionalOperator>(expr)) {
    ir::Expr* condition = lower_condition(conditional->getCond());
    if (!condition) return;
    ir::Stmt* branch = builder_.append(ir::If{condition, {}, {}});
    ir::Block* outer = builder_.block();
    builder_.set_block(&branch->as<ir::If>()->then_block);
    lower_effect(conditional->getTrueExpr());
    builder_.set_block(&branch->as<ir::If>()->else_block);
    lower_effect(conditional->getFalseExpr());
    builder_.set_block(outer);
    return;
  }
  // Whatever the expression writes has been written when it comes back; its value is dropped.
  const ir::Expr* value = expr->isGLValue() ? lower_lvalue(expr) : lower_value(expr);
  if (!value && !expr->getType()->isVoidType() && !parent_.failed() && !is_assumption(expr)) {
    unsupported(expr, "this expression");
  }
  const auto* result = value ? value->as<ir::LocalRef>() : nullptr;
  if (!result || builder_.block()->empty()) return;
  // A call or an atomic whose result was just named for nobody.
  ir::Stmt* last = builder_.block()->statements.back();
  if (const auto* let = last->as<ir::Let>(); let && let->local == result->local) {
    last->node = ir::Eval{let->init};
  }
}

ir::Expr* FunctionLowering::lower_value(const clang::Expr* expr) {
  using clang::Stmt;
  if (const clang::Expr* value = value_named_by(expr)) {
    expr = value;
  } else if (expr->isGLValue()) {
    // A glvalue where a value is wanted: rows of the table that C++ passes by reference.
    ir::Expr* reference = lower_lvalue(expr);
    return reference ? builder_.rvalue(reference) : nullptr;
  }
  builder_.set_loc(loc(expr));
  switch (expr->getStmtClass()) {
  case Stmt::ParenExprClass:
    return lower_value(llvm::cast<clang::ParenExpr>(expr)->getSubExpr());
  case Stmt::ExprWithCleanupsClass:
    return lower_value(llvm::cast<clang::ExprWithCleanups>(expr)->getSubExpr());
  case Stmt::MaterializeTemporaryExprClass:
    return lower_value(llvm::cast<clang::MaterializeTemporaryExpr>(expr)->getSubExpr());
  case Stmt::CXXBindTemporaryExprClass:
    return lower_value(llvm::cast<clang::CXXBindTemporaryExpr>(expr)->getSubExpr());
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return lower_value(llvm::cast<clang::SubstNonTypeTemplateParmExpr>(expr)->getReplacement());
  case Stmt::CXXDefaultArgExprClass:
    return lower_value(llvm::cast<clang::CXXDefaultArgExpr>(expr)->getExpr());
  case Stmt::CXXDefaultInitExprClass:
    return lower_value(llvm::cast<clang::CXXDefaultInitExpr>(expr)->getExpr());
  case Stmt::ConstantExprClass: {
    const auto* constant = llvm::cast<clang::ConstantExpr>(expr);
    if (constant->hasAPValueResult()) {
      if (ir::Expr* value = parent_.lower_constant(constant->getAPValueResult(), expr->getType(),
                                                   expr->getBeginLoc())) {
        return value;
      }
    }
    return lower_value(constant->getSubExpr());
  }
  case Stmt::ImplicitValueInitExprClass:
  case Stmt::CXXScalarValueInitExprClass: {
    ir::TypePtr type = type_of(expr);
    return type ? builder_.zero(type) : nullptr;
  }
  case Stmt::InitListExprClass:
    return lower_init_list(llvm::cast<clang::InitListExpr>(expr));
  case Stmt::CXXParenListInitExprClass:
    return error(DiagnosticId::unsupported_construct, expr->getBeginLoc(),
                 "parenthesized aggregate initialization; use braces");
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
    return lower_construct(llvm::cast<clang::CXXConstructExpr>(expr));
  case Stmt::LambdaExprClass:
    return lower_lambda(llvm::cast<clang::LambdaExpr>(expr));
  case Stmt::CXXThisExprClass: {
    ir::Expr* object = lower_this(expr->getBeginLoc());
    return object ? builder_.address_of(object) : nullptr;
  }
  case Stmt::UnaryOperatorClass:
    return lower_unary(llvm::cast<clang::UnaryOperator>(expr), true);
  case Stmt::BinaryOperatorClass:
    return lower_binary(llvm::cast<clang::BinaryOperator>(expr));
  case Stmt::ConditionalOperatorClass:
  case Stmt::BinaryConditionalOperatorClass:
    return lower_conditional(llvm::cast<clang::AbstractConditionalOperator>(expr), false);
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::UserDefinedLiteralClass: {
    ir::Expr* result = lower_call(llvm::cast<clang::CallExpr>(expr));
    return result ? builder_.rvalue(result) : nullptr;
  }
  case Stmt::CXXRewrittenBinaryOperatorClass:
    return lower_value(llvm::cast<clang::CXXRewrittenBinaryOperator>(expr)->getSemanticForm());
  case Stmt::CXXNewExprClass:
    return unsupported(expr, "new", "use arrays of a fixed size"), nullptr;
  case Stmt::CXXDeleteExprClass:
    return unsupported(expr, "delete"), nullptr;
  case Stmt::CXXThrowExprClass:
    return unsupported(expr, "throw", "return an error value"), nullptr;
  case Stmt::CXXDynamicCastExprClass:
    return unsupported(expr, "dynamic_cast"), nullptr;
  case Stmt::CXXTypeidExprClass:
    return unsupported(expr, "typeid"), nullptr;
  case Stmt::StmtExprClass:
    return unsupported(expr, "a statement expression", "use a lambda"), nullptr;
  case Stmt::CXXStdInitializerListExprClass:
    return unsupported(expr, "a std::initializer_list", "use an array"), nullptr;
  case Stmt::VAArgExprClass:
    return unsupported(expr, "a variadic argument"), nullptr;
  default:
    break;
  }
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(expr)) return lower_cast(cast);
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr)) {
    const auto* enumerator = llvm::dyn_cast<clang::EnumConstantDecl>(reference->getDecl());
    if (enumerator) return lower_enumerator(enumerator, expr);
  }
  // Literals, sizeof, type traits, requires, ...: whatever Clang can evaluate.
  clang::Expr::EvalResult result;
  if (expr->EvaluateAsRValue(result, parent_.context()) && !result.HasSideEffects) {
    if (ir::Expr* value =
            parent_.lower_constant(result.Val, expr->getType(), expr->getBeginLoc())) {
      return value;
    }
  }
  unsupported(expr, std::string("an expression of kind ") + expr->getStmtClassName());
  return nullptr;
}

ir::Expr* FunctionLowering::lower_lvalue(const clang::Expr* expr) {
  using clang::Stmt;
  builder_.set_loc(loc(expr));
  switch (expr->getStmtClass()) {
  case Stmt::ParenExprClass:
    return lower_lvalue(llvm::cast<clang::ParenExpr>(expr)->getSubExpr());
  case Stmt::ExprWithCleanupsClass:
    return lower_lvalue(llvm::cast<clang::ExprWithCleanups>(expr)->getSubExpr());
  case Stmt::ConstantExprClass:
    return lower_lvalue(llvm::cast<clang::ConstantExpr>(expr)->getSubExpr());
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return lower_lvalue(llvm::cast<clang::SubstNonTypeTemplateParmExpr>(expr)->getReplacement());
  case Stmt::CXXDefaultArgExprClass:
    return lower_lvalue(llvm::cast<clang::CXXDefaultArgExpr>(expr)->getExpr());
  case Stmt::CXXDefaultInitExprClass:
    return lower_lvalue(llvm::cast<clang::CXXDefaultInitExpr>(expr)->getExpr());
  case Stmt::MaterializeTemporaryExprClass:
    return lower_temporary(llvm::cast<clang::MaterializeTemporaryExpr>(expr));
  case Stmt::DeclRefExprClass:
    return lower_declaration_reference(llvm::cast<clang::DeclRefExpr>(expr));
  case Stmt::MemberExprClass:
    return lower_member(llvm::cast<clang::MemberExpr>(expr));
  case Stmt::ArraySubscriptExprClass:
    return lower_subscript(llvm::cast<clang::ArraySubscriptExpr>(expr));
  case Stmt::UnaryOperatorClass:
    return lower_unary(llvm::cast<clang::UnaryOperator>(expr), true);
  case Stmt::BinaryOperatorClass: {
    const auto* binary = llvm::cast<clang::BinaryOperator>(expr);
    if (binary->getOpcode() == clang::BO_Comma) {
      lower_effect(binary->getLHS());
      return lower_lvalue(binary->getRHS());
    }
    return lower_assignment(binary);
  }
  case Stmt::CompoundAssignOperatorClass:
    return lower_compound_assignment(llvm::cast<clang::CompoundAssignOperator>(expr));
  case Stmt::ConditionalOperatorClass:
    return lower_conditional(llvm::cast<clang::AbstractConditionalOperator>(expr), true);
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass: {
    ir::Expr* result = lower_call(llvm::cast<clang::CallExpr>(expr));
    // std::min and the like return references; ours return values.
    if (result && !result->type->is<ir::RefType>()) {
      return builder_.ref(builder_.var("temporary", result->type, result));
    }
    return result;
  }
  case Stmt::StringLiteralClass:
    return unsupported(expr, "a string"), nullptr;
  case Stmt::CXXTypeidExprClass:
    return unsupported(expr, "typeid"), nullptr;
  case Stmt::CXXStdInitializerListExprClass:
    return unsupported(expr, "a std::initializer_list", "use an array"), nullptr;
  default:
    break;
  }
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(expr)) return lower_cast(cast);
  if (!expr->isGLValue()) { // a prvalue bound to a reference parameter of a row
    ir::Expr* value = lower_value(expr);
    return value ? builder_.ref(builder_.var("temporary", value->type, value)) : nullptr;
  }
  unsupported(expr, std::string("an expression of kind ") + expr->getStmtClassName());
  return nullptr;
}

ir::Expr* FunctionLowering::lower_declaration_reference(const clang::DeclRefExpr* expr) {
  const clang::ValueDecl* decl = expr->getDecl();
  if (ir::Expr* captured = lower_captured(decl)) return captured;
  if (const auto* binding = llvm::dyn_cast<clang::BindingDecl>(decl)) {
    if (const clang::VarDecl* holder = binding->getHoldingVar()) {
      ir::Local* local = locals_[holder];
      return local ? builder_.ref(local) : nullptr;
    }
    return lower_lvalue(binding->getBinding());
  }
  const auto known = locals_.find(decl);
  if (known != locals_.end() && known->second) return builder_.ref(known->second);

  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) {
    const clang::QualType type = variable->getType();
    const bool is_shared = variable->isStaticLocal() && !type.isConstQualified();
    if (!is_shared && !type->isArrayType() && !type->isRecordType()) {
      if (const clang::APValue* value = parent_.constant_value(variable)) {
        if (ir::Expr* constant =
                parent_.lower_constant(*value, type.getNonReferenceType(), expr->getBeginLoc())) {
          return ModuleLowering::named(constant, variable);
        }
      }
    }
    // Its declaration could not be lowered, and that has been said.
    if (variable->hasLocalStorage() && parent_.failed()) return nullptr;
    ir::Global* global = parent_.lower_global(variable, expr->getBeginLoc());
    return global ? builder_.ref(global) : nullptr;
  }
  if (const auto* enumerator = llvm::dyn_cast<clang::EnumConstantDecl>(decl)) {
    return lower_enumerator(enumerator, expr);
  }
  if (llvm::isa<clang::FunctionDecl>(decl)) {
    return unsupported(expr, "a function as a value", "pass a lambda to a template"), nullptr;
  }
  clang::Expr::EvalResult result;
  if (expr->EvaluateAsRValue(result, parent_.context())) {
    if (ir::Expr* value =
            parent_.lower_constant(result.Val, expr->getType(), expr->getBeginLoc())) {
      return value;
    }
  }
  return error(DiagnosticId::bad_variable, expr->getBeginLoc(),
               quoted(decl->getNameAsString()) + " cannot be used in a kernel");
}

ir::Expr* FunctionLowering::lower_enumerator(const clang::EnumConstantDecl* enumerator,
                                             const clang::Expr* expr) {
  return ModuleLowering::named(parent_.lower_constant(clang::APValue(enumerator->getInitVal()),
                                                      expr->getType(), expr->getBeginLoc()),
                               enumerator);
}

ir::Expr* FunctionLowering::lower_captured(const clang::ValueDecl* decl) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(declaration_);
  if (!method || !method->getParent()->isLambda() || !this_) return nullptr;
  llvm::DenseMap<const clang::ValueDecl*, clang::FieldDecl*> captures;
  clang::FieldDecl* this_capture = nullptr;
  method->getParent()->getCaptureFields(captures, this_capture);
  const auto found = captures.find(decl);
  if (found == captures.end()) return nullptr;
  ir::Expr* member = builder_.member(builder_.ref(this_), parent_.field_index(found->second));
  return found->second->getType()->isReferenceType() ? builder_.load(member) : member;
}

ir::Expr* FunctionLowering::lower_this(clang::SourceLocation where) {
  if (!this_) {
    return error(DiagnosticId::unsupported_construct, where, "'this' outside of a member function");
  }
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(declaration_);
  if (method && method->getParent()->isLambda()) { // the captured this
    llvm::DenseMap<const clang::ValueDecl*, clang::FieldDecl*> captures;
    clang::FieldDecl* field = nullptr;
    method->getParent()->getCaptureFields(captures, field);
    if (!field) return error(DiagnosticId::unsupported_construct, where, "'this' is not captured");
    ir::Expr* captured =
        builder_.load(builder_.member(builder_.ref(this_), parent_.field_index(field)));
    if (!captured->type->is<ir::PtrType>()) return nullptr;
    return builder_.deref(captured);
  }
  return builder_.ref(this_);
}

ir::Expr* FunctionLowering::lower_member(const clang::MemberExpr* expr) {
  const auto* field = llvm::dyn_cast<clang::FieldDecl>(expr->getMemberDecl());
  if (!field) { // a static member
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(expr->getMemberDecl())) {
      lower_effect(expr->getBase());
      if (const clang::APValue* value = parent_.constant_value(variable);
          value && !variable->getType()->isArrayType()) {
        if (ir::Expr* constant =
                parent_.lower_constant(*value, variable->getType(), expr->getBeginLoc())) {
          return ModuleLowering::named(constant, variable);
        }
      }
      ir::Global* global = parent_.lower_global(variable, expr->getBeginLoc());
      return global ? builder_.ref(global) : nullptr;
    }
    if (const auto* enumerator = llvm::dyn_cast<clang::EnumConstantDecl>(expr->getMemberDecl())) {
      return lower_enumerator(enumerator, expr);
    }
    return unsupported(expr, "a member function as a value"), nullptr;
  }
  const clang::Expr* base = expr->getBase();
  if (is_bound_span(field)) { // not a part of the object
    ir::Global* span = parent_.bound_span(field);
    if (!span || !llvm::isa<clang::CXXThisExpr>(base->IgnoreParenImpCasts())) {
      return error(DiagnosticId::bad_actor, expr->getMemberLoc(),
                   quoted(field->getNameAsString()) +
                       " is what a launch gives to its actor; only handlers of this actor have it");
    }
    builder_.set_loc(parent_.loc(expr->getMemberLoc()));
    return builder_.ref(span);
  }
  ir::Expr* object = nullptr;
  if (expr->isArrow()) {
    ir::Expr* pointer = lower_value(base);
    if (!pointer) return nullptr;
    const auto* address = pointer->as<ir::AddressOf>();
    object = address ? address->reference : builder_.deref(pointer);
  } else {
    // A member of a temporary is a part of a value: no object is needed.
    const clang::Expr* plain = base->IgnoreParens();
    const auto* temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(plain);
    const bool is_array = field->getType()->isArrayType();
    if (temporary && !is_array) plain = temporary->getSubExpr();
    object = plain->isGLValue() ? lower_lvalue(plain) : lower_value(plain);
  }
  if (!object) return nullptr;
  builder_.set_loc(parent_.loc(expr->getMemberLoc()));
  if (field->isZeroSize(parent_.context())) {
    return empty_object(field->getType(), expr->getMemberLoc());
  }
  // `ring::global_id().x` is one query, not three.
  const std::uint32_t index = parent_.field_index(field);
  if (const auto* construct = object->as<ir::Construct>();
      construct && !construct->elements.empty()) {
    return construct->elements[index];
  }
  ir::Expr* member = builder_.member(object, index);
  // A reference field leads on to what it refers to.
  return field->getType()->isReferenceType() && member->type->is<ir::RefType>()
             ? builder_.load(member)
             : member;
}

ir::Expr* FunctionLowering::lower_subscript(const clang::ArraySubscriptExpr* expr) {
  const clang::Expr* base = expr->getBase()->IgnoreParens();
  const auto* decay = llvm::dyn_cast<clang::ImplicitCastExpr>(base);
  const bool is_array = decay && decay->getCastKind() == clang::CK_ArrayToPointerDecay;
  const auto [object, index] = in_order(
      [&] {
        if (!is_array) return lower_value(base);
        const clang::Expr* array = decay->getSubExpr();
        return array->isGLValue() ? lower_lvalue(array) : lower_value(array);
      },
      [&] { return lower_value(expr->getIdx()); });
  if (!object || !index) return nullptr;
  builder_.set_loc(loc(expr));
  if (!is_array) return builder_.deref(builder_.ptr_offset(object, index));
  if (!object->type->is<ir::RefType>()) {
    // Not every target can index a value.
    return builder_.index(builder_.ref(builder_.var("temporary", object->type, object)), index);
  }
  return builder_.index(object, index);
}

ir::Expr* FunctionLowering::lower_temporary(const clang::MaterializeTemporaryExpr* expr) {
  const clang::Expr* inner = expr->getSubExpr();
  ir::Expr* value = lower_value(inner);
  if (!value) return nullptr;
  builder_.set_loc(loc(expr));
  return builder_.ref(builder_.var("temporary", value->type, value));
}

ir::Expr* FunctionLowering::lower_lambda(const clang::LambdaExpr* expr) {
  const ir::StructDecl* closure = parent_.lower_record(expr->getLambdaClass(), expr->getBeginLoc());
  if (!closure) return nullptr;
  std::vector<ir::Expr*> captures;
  auto init = expr->capture_init_begin();
  for (const clang::FieldDecl* field : expr->getLambdaClass()->fields()) {
    ir::TypePtr type = closure->fields[parent_.field_index(field)].type;
    ir::Expr* value =
        field->getType()->isReferenceType() ? lower_lvalue(*init) : lower_initializer(*init, type);
    if (!value) return nullptr;
    captures.push_back(adapt(value, type));
    ++init;
  }
  builder_.set_loc(loc(expr));
  return builder_.construct(builder_.types().structure(closure), std::move(captures));
}

} // namespace ring::frontend
