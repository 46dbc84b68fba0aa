// Statements and declarations, but for loops and switches.
#include "frontend/annotations.h"
#include "frontend/function_lowering.h"

#include "clang/AST/StmtVisitor.h"

namespace ring::frontend {

using ir::DiagnosticId;

void FunctionLowering::unsupported(const clang::Stmt* stmt, std::string what, std::string remedy) {
  error(DiagnosticId::unsupported_construct, stmt->getBeginLoc(),
        std::move(what) + " cannot run on a device" +
            (remedy.empty() ? "" : "; " + std::move(remedy)));
}

void FunctionLowering::lower_into(ir::Block& block, const clang::Stmt* stmt) {
  ir::Block* outer = builder_.block();
  builder_.set_block(&block);
  if (stmt) lower(stmt);
  builder_.set_block(outer);
}

void FunctionLowering::lower(const clang::Stmt* stmt) {
  builder_.set_loc(loc(stmt));
  using clang::Stmt;
  switch (stmt->getStmtClass()) {
  case Stmt::NullStmtClass:
    return;
  case Stmt::CompoundStmtClass:
    for (const clang::Stmt* child : llvm::cast<clang::CompoundStmt>(stmt)->body())
      lower(child);
    return;
  case Stmt::DeclStmtClass:
    for (const clang::Decl* decl : llvm::cast<clang::DeclStmt>(stmt)->decls()) {
      lower_declaration(decl);
    }
    return;
  case Stmt::AttributedStmtClass:
    return lower(llvm::cast<clang::AttributedStmt>(stmt)->getSubStmt());
  case Stmt::IfStmtClass:
    return lower_if(llvm::cast<clang::IfStmt>(stmt));
  case Stmt::SwitchStmtClass:
    return lower_switch(llvm::cast<clang::SwitchStmt>(stmt));
  case Stmt::ForStmtClass:
    return lower_for(llvm::cast<clang::ForStmt>(stmt));
  case Stmt::WhileStmtClass:
    return lower_while(llvm::cast<clang::WhileStmt>(stmt));
  case Stmt::DoStmtClass:
    return lower_do(llvm::cast<clang::DoStmt>(stmt));
  case Stmt::CXXForRangeStmtClass:
    return lower_range_for(llvm::cast<clang::CXXForRangeStmt>(stmt));
  case Stmt::BreakStmtClass:
    return builder_.break_();
  case Stmt::ContinueStmtClass:
    return builder_.continue_();
  case Stmt::ReturnStmtClass:
    return lower_return(llvm::cast<clang::ReturnStmt>(stmt));
  case Stmt::GotoStmtClass:
  case Stmt::IndirectGotoStmtClass:
  case Stmt::LabelStmtClass:
    return unsupported(stmt, "goto", "use loops, break and return");
  case Stmt::CXXTryStmtClass:
    return unsupported(stmt, "an exception handler", "return an error value");
  case Stmt::GCCAsmStmtClass:
  case Stmt::MSAsmStmtClass:
    return unsupported(stmt, "inline assembly");
  case Stmt::CaseStmtClass:
  case Stmt::DefaultStmtClass:
    return unsupported(stmt, "a case label inside another statement",
                       "put case labels directly into the switch");
  default:
    if (const auto* expr = llvm::dyn_cast<clang::Expr>(stmt)) return lower_effect(expr);
    return unsupported(stmt, std::string("a ") + stmt->getStmtClassName());
  }
}

void FunctionLowering::lower_declaration(const clang::Decl* decl) {
  if (const auto* decomposition = llvm::dyn_cast<clang::DecompositionDecl>(decl)) {
    return lower_decomposition(decomposition);
  }
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) return lower_variable(variable);
  const bool has_no_code =
      llvm::isa<clang::TypeDecl, clang::StaticAssertDecl, clang::UsingDecl,
                clang::UsingDirectiveDecl, clang::UsingEnumDecl, clang::NamespaceAliasDecl,
                clang::FunctionDecl, clang::EmptyDecl, clang::UsingShadowDecl>(decl);
  if (!has_no_code) {
    error(DiagnosticId::unsupported_construct, decl->getLocation(),
          std::string("a declaration of kind ") + decl->getDeclKindName() +
              " cannot stand in a kernel");
  }
}

void FunctionLowering::lower_decomposition(const clang::DecompositionDecl* decl) {
  lower_variable(decl);
  // std::tuple and the like: each name is a reference that std::get returned.
  for (const clang::BindingDecl* binding : decl->bindings()) {
    if (const clang::VarDecl* holder = binding->getHoldingVar()) lower_variable(holder);
  }
}

void FunctionLowering::lower_variable(const clang::VarDecl* variable) {
  // Shared memory and constants are found at their first use.
  if (variable->isStaticLocal()) {
    if (!variable->getType().isConstQualified() && !variable->isConstexpr()) {
      parent_.lower_global(variable, variable->getLocation());
    }
    return;
  }
  const clang::QualType type = variable->getType();
  const clang::Expr* init = variable->getInit();
  const std::string name =
      variable->getName().empty()
          ? (llvm::isa<clang::DecompositionDecl>(variable) ? "pair" : "unnamed")
          : variable->getName().str();
  builder_.set_loc(parent_.loc(variable->getLocation()));
  // Only mentioned in constant expressions: no code.
  if (variable->isConstexpr() && !type->isReferenceType() && !type->isRecordType() &&
      !type->isArrayType()) {
    return;
  }
  if (variable->isConstexpr() && (type->isArrayType() || type->isRecordType())) {
    const bool trivial = !type->isRecordType() || !type->getAsCXXRecordDecl()->isLambda();
    if (trivial && !type->isReferenceType()) return; // a constant table, made at its first use
  }
  if (type->isReferenceType()) {
    ir::Expr* reference = lower_lvalue(init);
    if (!reference) return;
    locals_[variable] = builder_.let(name, reference);
    return;
  }
  ir::TypePtr lowered = parent_.lower_object_type(type, variable->getLocation());
  if (!lowered) return;
  ir::Expr* value = init ? lower_initializer(init, lowered) : nullptr;
  if (init && !value && parent_.failed()) return;
  builder_.set_loc(parent_.loc(variable->getLocation()));
  // Arrays, and structs that may hold some, are objects: not every target can index a value.
  const bool scalar_like = !lowered->is<ir::ArrayType>() && !lowered->is<ir::StructType>();
  const bool plain_struct =
      lowered->is<ir::StructType>() && !type->getAsCXXRecordDecl()->isLambda();
  const bool read_only = value && !uses_.needs_object(variable) && (scalar_like || plain_struct);
  ir::Local* named = read_only ? name_result(value, name) : nullptr;
  if (!named) named = read_only ? builder_.let(name, value) : builder_.var(name, lowered, value);
  locals_[variable] = named;
}

void FunctionLowering::lower_if(const clang::IfStmt* stmt) {
  if (stmt->isConsteval()) {
    if (const clang::Stmt* taken =
            stmt->isNonNegatedConsteval() ? stmt->getElse() : stmt->getThen()) {
      lower(taken);
    }
    return;
  }
  if (stmt->getInit()) lower(stmt->getInit());
  if (stmt->isConstexpr()) {
    const auto taken = stmt->getNondiscardedCase(parent_.context());
    if (taken && *taken) lower(*taken);
    return;
  }
  if (stmt->getConditionVariable()) lower_variable(stmt->getConditionVariable());
  builder_.set_loc(loc(stmt));
  ir::Expr* condition = lower_condition(stmt->getCond());
  if (!condition) return;
  builder_.set_loc(loc(stmt));
  ir::If* branch = builder_.if_(condition);
  lower_into(branch->then_block, stmt->getThen());
  lower_into(branch->else_block, stmt->getElse());
}

void FunctionLowering::lower_return(const clang::ReturnStmt* stmt) {
  const clang::Expr* expr = stmt->getRetValue();
  if (!expr) return builder_.return_();
  if (function_.result->is<ir::VoidType>()) { // return f(); with a void f
    lower_effect(expr);
    return builder_.return_();
  }
  ir::Expr* value = function_.result->is<ir::RefType>() ? lower_lvalue(expr)
                                                        : lower_initializer(expr, function_.result);
  if (!value) return;
  builder_.set_loc(loc(stmt));
  builder_.return_(adapt(value, function_.result));
}

} // namespace ring::frontend
