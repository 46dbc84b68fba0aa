// What the passes share that replace a scalar type by another throughout a module: every declared
// type is mapped, every expression is rebuilt from its operands upwards by the pass's rule.
#pragma once

#include "ir/module.h"

#include <functional>
#include <map>
#include <vector>

namespace ring::ir::transform {

/// Maps types, arrays and references of them included. Structs stay who they are: their fields are
/// what changes.
class TypeReplacer {
public:
  /// `replace` gives the new type of a scalar, or null for one that stays.
  TypeReplacer(TypeTable& types, std::function<TypePtr(Scalar)> replace)
      : types_(types), replace_(std::move(replace)) {}

  TypePtr operator()(TypePtr type);

private:
  TypeTable& types_;
  std::function<TypePtr(Scalar)> replace_;
  std::map<TypePtr, TypePtr> known_;
};

/// An expression whose operands and type are the new ones already, what its type was, and what the
/// types of its operands were. The rule returns the node itself, changed or not, or another one.
struct RetypedExpr {
  Expr* expr;
  TypePtr before;
  std::vector<TypePtr> operands_before;
};
using RetypeRule = std::function<Expr*(const RetypedExpr&)>;

/// Changes struct fields, globals, functions, locals and all expressions. The offsets of a struct
/// whose fields changed in size are computed anew; no memory that the host sees may have it.
void replace_types(Module& module, TypeReplacer& replacer, const RetypeRule& rule);

/// An element, or the scalar itself, as a scalar kind; only of types that are scalars.
Scalar scalar_kind(TypePtr type);

/// Whether the type is a scalar that `matches`, or has one inside.
bool contains_scalar(TypePtr type, const std::function<bool(Scalar)>& matches);

} // namespace ring::ir::transform
