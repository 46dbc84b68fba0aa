// Lowers the body of one function. Statements go to the builder's current block in the order of
// C++'s evaluation; an expression comes back as a pure tree whose effects have been written
// already.
#pragma once

#include "frontend/module_lowering.h"
#include "frontend/variable_uses.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

#include <functional>

namespace ring::frontend {

class FunctionLowering {
public:
  FunctionLowering(ModuleLowering& parent, ir::Function& function,
                   const clang::FunctionDecl* declaration);

  /// Fills function.params, result and body. False after an error.
  bool run();
  /// The same of a constructor without arguments as a function of the object that it fills.
  bool run_construction();

private:
  // functions.cpp
  bool lower_parameters();

  // constructors.cpp
  void lower_constructor_body(const clang::CXXConstructorDecl* constructor);
  /// What stands between the parameters and the body. Gives the fields that have a value now.
  std::set<std::uint32_t> lower_member_initializers(const clang::CXXConstructorDecl* constructor,
                                                    const ir::StructDecl& decl);

  // statements.cpp
  void lower(const clang::Stmt* stmt);
  void lower_into(ir::Block& block, const clang::Stmt* stmt);
  void lower_declaration(const clang::Decl* decl);
  void lower_decomposition(const clang::DecompositionDecl* decl);
  void lower_variable(const clang::VarDecl* variable);
  void lower_if(const clang::IfStmt* stmt);
  void lower_return(const clang::ReturnStmt* stmt);

  // loops.cpp
  void lower_for(const clang::ForStmt* stmt);
  void lower_while(const clang::WhileStmt* stmt);
  void lower_do(const clang::DoStmt* stmt);
  void lower_range_for(const clang::CXXForRangeStmt* stmt);
  /// Lowers a condition; statements that it needs go to `body` as a guarded break.
  void lower_loop_condition(ir::Loop& loop, const std::function<ir::Expr*()>& condition);

  // switches.cpp
  void lower_switch(const clang::SwitchStmt* stmt);

  // expressions.cpp
  /// A prvalue, or the value of a glvalue; null after an error.
  ir::Expr* lower_value(const clang::Expr* expr);
  /// A reference to what a glvalue names; null after an error.
  ir::Expr* lower_lvalue(const clang::Expr* expr);
  /// An expression whose value nobody wants.
  void lower_effect(const clang::Expr* expr);
  ir::Expr* lower_condition(const clang::Expr* expr) { return lower_value(expr); }
  ir::Expr* lower_declaration_reference(const clang::DeclRefExpr* expr);
  ir::Expr* lower_enumerator(const clang::EnumConstantDecl* enumerator, const clang::Expr* expr);
  /// A field of the closure, if this is the body of a lambda that captures the variable.
  ir::Expr* lower_captured(const clang::ValueDecl* decl);
  ir::Expr* lower_member(const clang::MemberExpr* expr);
  ir::Expr* lower_subscript(const clang::ArraySubscriptExpr* expr);
  ir::Expr* lower_this(clang::SourceLocation where);
  ir::Expr* lower_temporary(const clang::MaterializeTemporaryExpr* expr);
  ir::Expr* lower_lambda(const clang::LambdaExpr* expr);

  // operators.cpp
  ir::Expr* lower_unary(const clang::UnaryOperator* expr, bool want_value);
  ir::Expr* lower_increment(const clang::UnaryOperator* expr, bool want_value);
  ir::Expr* lower_binary(const clang::BinaryOperator* expr);
  ir::Expr* lower_arithmetic(clang::BinaryOperatorKind op, ir::Expr* lhs, ir::Expr* rhs,
                             clang::SourceLocation where);
  /// The reference that was assigned to.
  ir::Expr* lower_assignment(const clang::BinaryOperator* expr);
  ir::Expr* lower_compound_assignment(const clang::CompoundAssignOperator* expr);
  ir::Expr* lower_lazy(ir::TypePtr type, const std::function<ir::Expr*()>& condition,
                       const std::function<ir::Expr*()>& if_true,
                       const std::function<ir::Expr*()>& if_false, bool is_logical,
                       ir::LogicalOp logical_op);
  /// Declares the variables of an arm, a block of its own, in the current block.
  void hoist_variables(ir::Block& block);
  ir::Expr* lower_logical(const clang::BinaryOperator* expr);
  ir::Expr* lower_conditional(const clang::AbstractConditionalOperator* expr, bool as_lvalue);

  // casts.cpp
  ir::Expr* lower_cast(const clang::CastExpr* expr);
  ir::Expr* to_bool(ir::Expr* value);
  ir::Expr* empty_object(clang::QualType type, clang::SourceLocation where);
  ir::Expr* base_object(ir::Expr* object, const clang::CastExpr* cast);

  // calls.cpp
  /// The result (a reference if the function returns one); null for void or after an error.
  ir::Expr* lower_call(const clang::CallExpr* call);
  /// True, and an error, if the call asks for memory or gives it back.
  bool refuse_allocation(const clang::CallExpr* call);
  ir::Expr* lower_user_call(const clang::FunctionDecl* callee, std::vector<ir::Expr*> arguments,
                            clang::SourceLocation where);
  ir::Expr* lower_argument(const clang::Expr* argument, ir::TypePtr parameter);
  bool lower_arguments(const clang::FunctionDecl* callee,
                       llvm::ArrayRef<const clang::Expr*> arguments,
                       std::vector<ir::Expr*>& lowered);
  std::optional<ir::Expr*> lower_known_function(const clang::CallExpr* call,
                                                const clang::FunctionDecl* callee);

  // intrinsics.cpp
  ir::Expr* lower_intrinsic(const clang::CallExpr* call, const clang::FunctionDecl* callee,
                            const std::string& row_name);
  ir::Expr* lower_id(const clang::CallExpr* call, intrinsics::Id id);
  ir::Expr* lower_compare_exchange(const clang::CallExpr* call, ir::Expr* object);
  ir::Expr* lower_span_member(const clang::CallExpr* call, const std::string& row_name);
  ir::Expr* lower_table_row(const clang::CallExpr* call, const intrinsics::Row& row);
  /// Writes an effectful expression as a Let (or Eval if it is void) and gives its value.
  ir::Expr* sequence(ir::Expr* effect, const std::string& name);
  /// Gives the user's name to what sequence() has just written, if that is all of `value`; null if
  /// it is not.
  ir::Local* name_result(const ir::Expr* value, const std::string& name);

  // messages.cpp
  ir::Expr* lower_message_operation(const clang::CallExpr* call, const clang::FunctionDecl* callee,
                                    const std::string& operation);

  // initializers.cpp
  ir::Expr* lower_construct(const clang::CXXConstructExpr* expr);
  ir::Expr* lower_init_list(const clang::InitListExpr* expr);
  ir::Expr* lower_initializer(const clang::Expr* init, ir::TypePtr type);

  // Order of evaluation.

  /// Lowers `first`, then `second`; if lowering `second` wrote statements, the value of `first` is
  /// captured before them.
  std::pair<ir::Expr*, ir::Expr*> in_order(const std::function<ir::Expr*()>& first,
                                           const std::function<ir::Expr*()>& second);
  void capture_at(std::size_t position, ir::Expr*& value);
  /// Captures all of `values`, in their order, if statements were written since the block had
  /// `position` of them.
  void capture_all_at(std::size_t position, std::vector<ir::Expr*>& values);
  /// The reference itself; an error if it is a value, which cannot be written.
  ir::Expr* writable(ir::Expr* place, const clang::Expr* expr);
  /// An lvalue that may be mentioned twice.
  ir::Expr* stable(ir::Expr* reference);
  ir::Expr* copy_of(const ir::Expr* expr);

  /// A conversion of references, pointers and spans to a wider address space or weaker access.
  ir::Expr* adapt(ir::Expr* value, ir::TypePtr type);
  ir::TypePtr type_of(const clang::Expr* expr);
  ir::Loc loc(const clang::Stmt* stmt) { return parent_.loc(stmt->getBeginLoc()); }
  void unsupported(const clang::Stmt* stmt, std::string what, std::string remedy = {});
  std::nullptr_t error(ir::DiagnosticId id, clang::SourceLocation where, std::string message) {
    parent_.error(id, where, std::move(message));
    return nullptr;
  }

  ModuleLowering& parent_;
  ir::Function& function_;
  const clang::FunctionDecl* declaration_;
  ir::Builder builder_;
  VariableUses uses_;
  std::map<const clang::ValueDecl*, ir::Local*> locals_;
  ir::Local* unnamed_result_ = nullptr; // what sequence() has written last
  ir::Local* this_ = nullptr;           // a ref param, or the var that a constructor fills
};

} // namespace ring::frontend
