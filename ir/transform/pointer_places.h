// What references and pointers lead to, as far as a compiler without pointers can know it: a
// variable, a buffer or a table, and the way from there to the object, with indices that are
// expressions. Used by resolve-pointers.
#pragma once

#include "ir/builder.h"

#include <vector>

namespace ring::ir::transform {

/// One object: `root.field[index].field`. As a pointer it is the address of that object, and moving
/// it moves the last index.
struct Target {
  struct Step {
    Expr* index = nullptr; // null: a field
    std::uint32_t field = 0;
  };

  /// The root: a var or a global, or a span that is a parameter or bound (whose first step is an
  /// index). Neither: the null pointer.
  Local* local = nullptr;
  Global* global = nullptr;
  std::vector<Step> steps;
  Expr* past = nullptr; // of a pointer to a single object: how far it has been moved; may be null

  bool is_null() const { return !local && !global; }
  /// The indices on the way, in order, `past` included.
  std::vector<Expr**> indices();
};

/// A target, or a choice between two places.
struct Place {
  Target target;
  Expr* condition = nullptr; // of a choice
  std::vector<Place> arms;   // of a choice: if true, if false

  bool is_choice() const { return condition != nullptr; }
};

/// Two targets that differ in nothing but their indices.
bool same_shape(const Target& a, const Target& b);

/// Whether two expressions are the same name, the same literal or reads of the same variable.
bool same_name(const Expr& a, const Expr& b);

/// Expressions about places. Every expression in a place is a pattern: it is copied when it is
/// used.
class PlaceBuilder {
public:
  explicit PlaceBuilder(Builder& builder) : builder_(builder) {}

  Expr* copy(const Expr* expr);
  /// A reference to the target.
  Expr* reference(const Target& target);
  /// A choice between two values, or the value where they are the same.
  Expr* choose(Expr* condition, Expr* if_true, Expr* if_false);
  /// A choice, or one target with chosen indices where the two have the same shape.
  Place choose(Expr* condition, Place if_true, Place if_false);
  /// The place of a field or an element of the object, and of the pointer moved by `offset`.
  Place field(Place place, std::uint32_t field);
  Place element(Place place, Expr* index);
  Place moved(Place place, Expr* offset);

  /// A comparison of two pointers, a bool.
  Expr* compare(BinaryOp op, const Place& a, const Place& b);
  /// a - b in elements, an i64.
  Expr* difference(const Place& a, const Place& b);

  /// The low 32 bits of an integer, without a detour over 64.
  Expr* to_u32(Expr* value);

private:
  Expr* sum(Expr* a, Expr* b);
  Expr* compare_targets(BinaryOp op, const Target& a, const Target& b);
  Expr* last_index(const Target& target);

  Builder& builder_;
};

} // namespace ring::ir::transform
