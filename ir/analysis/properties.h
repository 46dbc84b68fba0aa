// Questions that passes ask about expressions and types.
#pragma once

#include "ir/module.h"

namespace ring::ir::analysis {

/// True if the node itself, not its operands, does or observes something that the order of
/// statements decides: a call of a function with side effects, an atomic, a barrier, a warp
/// operation.
bool has_effect(const Expr& node);

/// True if a tree or any node in it has an effect.
bool any_effect(const Expr& tree);

/// True if the tree gives the same value wherever it stands below its place: no Load, no Call, no
/// effect. A reference is stable if it always means the same object.
bool is_stable(const Expr& tree);

/// True if evaluating the tree where C++ would not do it can do no harm and cannot trap: no call,
/// no integer division by what may be zero, no read through an index that may be out of range.
/// `robust_loads` says that reading out of range is harmless on the target.
bool is_speculatable(const Expr& tree, bool robust_loads);

/// True if the type is or contains a reference, a pointer or a span.
bool holds_pointers(TypePtr type);

/// True for a struct that exists only on paper for a target without pointers: a lambda's captures
/// by reference, a user's view, a function object without data, whatever has one of these inside.
bool is_view(TypePtr type);

/// True if the function, or one that it calls, reaches a barrier or an operation of a warp.
bool is_convergent(const Function& function);

/// True if a block has a statement of this kind anywhere below it.
bool contains_return(const Block& block);

/// True if an expression in the block or below it mentions the local.
bool mentions(const Block& block, const Local* local);

/// True if the last statement of the block is a break, continue or return.
bool ends_in_jump(const Block& block);

/// True if control may come to the end of a block, as far as its structure tells: conditions are
/// not looked at.
bool reaches_end(const Block& block);

} // namespace ring::ir::analysis
