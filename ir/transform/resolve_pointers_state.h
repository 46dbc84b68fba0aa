// The inside of resolve-pointers: where each pointer leads, and what is written in its stead. Its
// parts are in resolve_pointers.cpp (statements), resolve_pointers_variables.cpp (variables that
// point) and resolve_pointers_values.cpp (expressions).
#pragma once

#include "ir/diagnostic.h"
#include "ir/result.h"
#include "ir/transform/pointer_places.h"
#include "ir/transform/pointer_shapes.h"

#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ring::ir::transform::pointers {

bool is_pointer_like(TypePtr type);
/// A name or a literal, converted or not: needs no let to keep its value.
bool is_fixed(const Expr& expr);
bool is_null(const Place& place);

/// A pointer and, of a span, a number of elements.
struct PointerValue {
  Place place;
  Expr* size = nullptr;
};

/// What stands for a pointer or span variable.
struct PointerVar {
  std::vector<Target> shapes; // all that it can lead to
  Local* which = nullptr;     // the current one, if there are several
  std::vector<Local*> indices;
  Local* size = nullptr; // of a span
};

class PointerResolver {
public:
  PointerResolver(Module& module, Function& function)
      : module_(module), function_(function), builder_(module), places_(builder_),
        shapes_(module, function) {}

  Status run() {
    resolve(function_.body);
    if (!problems_.empty()) return problems_;
    return Success{};
  }

private:
  // resolve_pointers.cpp: statements.
  void resolve(Block& block);
  /// True if what the statement does has been written already.
  bool resolve_statement(Stmt& stmt);
  /// An atomic or another intrinsic at the root of a Let or Eval, whose references may be choices.
  bool resolve_effect(Stmt& stmt, Expr& root, Local* result);
  /// Writes statements for each target that is not null, under an `if` where there is a choice.
  void for_each_target(const Place& place, const std::function<void(const Target&)>& write);

  // resolve_pointers_variables.cpp: what stands for pointer variables.
  void declare(const Local& local, Expr* init);
  void assign(const Place& place, const PointerValue& assigned);
  /// The number of the shape that the place has now.
  Expr* which(const PointerVar& var, const Place& place, Loc loc);
  Expr* index_of(const Place& place, std::size_t k);
  PointerValue current(const Local* local, Loc loc);
  /// The same with everything that may change later kept in lets.
  PointerValue captured(PointerValue pointer, const std::string& name);
  /// `guard`: the conditions under which the place is the one, for indices that are unsafe without.
  void capture(Place& place, const std::string& name, Expr* guard,
               std::vector<std::pair<Expr*, Local*>>& lets);
  Expr* both(Expr* a, Expr* b);
  Expr* negated(Expr* condition);

  // resolve_pointers_values.cpp: expressions.
  /// Where a reference, pointer or span expression leads; nowhere once there has been an error.
  PointerValue pointer(Expr* expr);
  PointerValue find(Expr* expr);
  PointerValue named(Local& local, Loc loc);
  /// The pointer that is kept in a variable.
  PointerValue loaded(const Place& place, Loc loc);
  PointerValue cast(Expr* operand, const Expr& result);
  /// An expression that is no reference, pointer or span.
  Expr* value(Expr* expr);
  Expr* value_here(Expr* expr);
  Expr* read(const Place& place, TypePtr type);
  void refuse_memory(Loc loc);

  Module& module_;
  Function& function_;
  Builder builder_;
  PlaceBuilder places_;
  PointerShapes shapes_;
  std::unordered_map<const Local*, PointerValue> bound_; // lets, and variables that never change
  std::unordered_map<const Local*, PointerVar> vars_;
  Diagnostics problems_;
};

} // namespace ring::ir::transform::pointers
