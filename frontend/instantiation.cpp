#include "frontend/instantiation.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Sema/Sema.h"

namespace ring::frontend {

const clang::CXXConstructorDecl* default_constructor(clang::Sema& sema,
                                                     const clang::CXXRecordDecl* record,
                                                     clang::SourceLocation where) {
  auto* definition = const_cast<clang::CXXRecordDecl*>(record->getDefinition());
  clang::CXXConstructorDecl* constructor = sema.LookupDefaultConstructor(definition);
  if (!constructor || constructor->isDeleted()) return nullptr;
  sema.MarkFunctionReferenced(where, constructor);
  sema.PerformPendingInstantiations();
  return constructor;
}

const clang::FunctionDecl* instantiate_member(clang::Sema& sema, const clang::CXXRecordDecl* record,
                                              const char* name, clang::QualType argument,
                                              clang::SourceLocation where) {
  clang::ASTContext& context = sema.getASTContext();
  for (clang::NamedDecl* found : record->lookup(&context.Idents.get(name))) {
    auto* pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(found);
    if (!pattern) continue;
    const clang::TemplateArgument arguments[] = {clang::TemplateArgument(argument)};
    const auto* list = clang::TemplateArgumentList::CreateCopy(context, arguments);
    clang::FunctionDecl* instance = sema.InstantiateFunctionDeclaration(pattern, list, where);
    if (!instance) return nullptr;
    sema.MarkFunctionReferenced(where, instance);
    sema.PerformPendingInstantiations();
    return instance;
  }
  return nullptr;
}

} // namespace ring::frontend
