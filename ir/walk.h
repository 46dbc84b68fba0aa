// Visiting the parts of expressions, statements and blocks, in the order of evaluation. The
// visitors get references to the owning pointers, so a pass can replace what it sees.
#pragma once

#include "ir/module.h"

#include <functional>

namespace ring::ir {

using ExprVisitor = std::function<void(Expr*&)>;
using BlockVisitor = std::function<void(Block&)>;
using StmtVisitor = std::function<void(Stmt&)>;

/// The direct operands of an expression.
void for_each_operand(Expr& expr, const ExprVisitor& visit);
/// The whole tree, operands before their parent.
void for_each_expr(Expr*& root, const ExprVisitor& visit);
/// The expressions directly in a statement (conditions, inits, values), not those of nested blocks.
void for_each_root(Stmt& stmt, const ExprVisitor& visit);
/// The blocks directly in a statement.
void for_each_block(Stmt& stmt, const BlockVisitor& visit);
/// Every statement in the block and below it, parents before children.
void for_each_stmt(Block& block, const StmtVisitor& visit);
/// Every expression of every statement in the block and below it.
void for_each_expr(Block& block, const ExprVisitor& visit);

} // namespace ring::ir
