#include "frontend/variable_uses.h"

#include "frontend/annotations.h"

#include "clang/AST/RecursiveASTVisitor.h"

namespace ring::frontend {
namespace {

/// The variable that an access path starts from, if the path only names members: `p`, `p.a.b`.
const clang::DeclRefExpr* path_root(const clang::Expr* expr) {
  expr = expr->IgnoreParens();
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr)) {
    return member->isArrow() ? nullptr : path_root(member->getBase());
  }
  if (const auto* cast = llvm::dyn_cast<clang::ImplicitCastExpr>(expr)) {
    const bool only_type = cast->getCastKind() == clang::CK_NoOp;
    return only_type ? path_root(cast->getSubExpr()) : nullptr;
  }
  return llvm::dyn_cast<clang::DeclRefExpr>(expr);
}

class UseVisitor : public clang::RecursiveASTVisitor<UseVisitor> {
public:
  bool shouldVisitImplicitCode() const { return true; }

  bool VisitImplicitCastExpr(clang::ImplicitCastExpr* cast) {
    if (cast->getCastKind() == clang::CK_LValueToRValue) read(cast->getSubExpr());
    return true;
  }

  // A trivial copy of a struct reads it; so does a row of the table, whatever its C++ signature.
  bool VisitCXXConstructExpr(clang::CXXConstructExpr* construct) {
    const clang::CXXConstructorDecl* constructor = construct->getConstructor();
    if (constructor->isCopyOrMoveConstructor() && constructor->isTrivial()) {
      read(construct->getArg(0));
    }
    return true;
  }

  bool VisitCallExpr(clang::CallExpr* call) {
    const clang::FunctionDecl* callee = call->getDirectCallee();
    if (!callee || !reads_its_arguments(callee)) return true;
    for (clang::Expr* argument : call->arguments())
      read(argument);
    if (auto* member = llvm::dyn_cast<clang::CXXMemberCallExpr>(call)) {
      read(member->getImplicitObjectArgument());
    }
    return true;
  }

  bool VisitDeclRefExpr(clang::DeclRefExpr* use) {
    mentioned_.insert(use);
    return true;
  }

  bool VisitLambdaExpr(clang::LambdaExpr* lambda) {
    for (const clang::LambdaCapture& capture : lambda->captures()) {
      if (capture.capturesVariable() && capture.getCaptureKind() == clang::LCK_ByRef) {
        captured_.insert(capture.getCapturedVar());
      }
    }
    return true;
  }

  std::set<const clang::ValueDecl*> objects() const {
    std::set<const clang::ValueDecl*> result = captured_;
    for (const clang::DeclRefExpr* use : mentioned_) {
      if (!read_.count(use)) result.insert(use->getDecl());
    }
    // A structured binding is a name for a part of the variable that it takes apart.
    std::set<const clang::ValueDecl*> whole;
    for (const clang::ValueDecl* decl : result) {
      if (const auto* binding = llvm::dyn_cast<clang::BindingDecl>(decl)) {
        whole.insert(binding->getDecomposedDecl());
      }
    }
    result.insert(whole.begin(), whole.end());
    return result;
  }

private:
  void read(const clang::Expr* expr) {
    if (const clang::DeclRefExpr* root = path_root(expr)) read_.insert(root);
  }

  std::set<const clang::DeclRefExpr*> mentioned_;
  std::set<const clang::DeclRefExpr*> read_;
  std::set<const clang::ValueDecl*> captured_;
};

} // namespace

VariableUses::VariableUses(const clang::Stmt* body) {
  if (!body) return;
  UseVisitor visitor;
  visitor.TraverseStmt(const_cast<clang::Stmt*>(body));
  objects_ = visitor.objects();
}

} // namespace ring::frontend
