// Clang's names without Clang's headers: including those costs seconds a file.
#pragma once

namespace clang {
class APValue;
class AnnotateAttr;
class ASTContext;
class CallExpr;
class CXXConstructExpr;
class CXXConstructorDecl;
class CXXRecordDecl;
class Decl;
class EnumConstantDecl;
class Expr;
class FieldDecl;
class FunctionDecl;
class NamedDecl;
class ParmVarDecl;
class Preprocessor;
class QualType;
class Sema;
class SourceLocation;
class Stmt;
class ValueDecl;
class VarDecl;
} // namespace clang
