// Takes parts of expressions apart into statements without a change in what is evaluated: a chosen
// node gets a let of its own before its statement, and a Select or Logical whose lazy arm must not
// be evaluated always becomes an `if`. Other passes are made of this one.
//
// Expressions are pure, so it does not matter that a hoisted part is evaluated before the rest of
// its statement; what matters is that lazy arms stay lazy.
#pragma once

#include "ir/module.h"

#include <functional>

namespace ring::ir::transform {

struct FlattenConfig {
  /// Nodes that get a let of their own. A node at the root of a Let or an Eval has one already.
  std::function<bool(const Expr&)> hoist = [](const Expr&) { return false; };
  /// Selects and Logicals that become an `if`.
  std::function<bool(const Expr&)> expand = [](const Expr&) { return false; };
};

void flatten(Module& module, Block& block, const FlattenConfig& config);

/// The opposite condition, as a person would write it.
Expr* negate(Module& module, Expr* condition);

} // namespace ring::ir::transform
