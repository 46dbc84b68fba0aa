#include "ir/statement_locs.h"

#include "ir/walk.h"

namespace ring::ir {
namespace {

void move_to(Expr* root, Loc loc) {
  for_each_expr(root, [&](Expr*& expr) { expr->loc = loc; });
}

} // namespace

void use_statement_locs(Module& module) {
  for (Global& global : module.globals) {
    if (global.initializer) move_to(global.initializer, global.loc);
  }
  for (Function& function : module.functions) {
    for (Local* param : function.params)
      param->loc = function.loc;
    for_each_stmt(function.body, [&](Stmt& stmt) {
      for_each_root(stmt, [&](Expr*& root) { move_to(root, stmt.loc); });
      if (auto* let = stmt.as<Let>()) let->local->loc = stmt.loc;
      if (auto* var = stmt.as<Var>()) var->local->loc = stmt.loc;
    });
  }
}

} // namespace ring::ir
