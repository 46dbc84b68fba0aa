// Rewrites the body of a function so that it can stand inside another one: no `return` is left, the
// result is in a variable, and control falls off the end.
#pragma once

#include "ir/module.h"

namespace ring::ir::transform {

/// Turns `if (a) return x; return y;` at the end of the body into `return a ? x : y;`, and deeper
/// ones likewise, as long as the branches do nothing else.
void fold_returns(Module& module, Block& body);

/// The value of the one `return` at the end of the body, which is taken off; null, and nothing is
/// changed, if the body has any other `return` or does not end in one.
Expr* take_single_return(Block& body);

/// Replaces each `return` by a store to `result` (null: the value is not wanted) and by control
/// flow that skips the rest. What it takes, in this order: nothing for a `return` in tail position,
/// `else` for what follows a branch that always returns, `break` out of a loop or switch in tail
/// position, a flag after other loops and switches, a switch with only a default around everything.
void eliminate_returns(Module& module, Block& body, Local* result);

} // namespace ring::ir::transform
