// Finds the accesses that need a check and writes the conditions. Used by bounds.
#pragma once

#include "ir/builder.h"
#include "ir/transform/bounds.h"

#include <unordered_map>
#include <vector>

namespace ring::ir::transform {

/// An index in a reference and what it must stay below.
struct BoundsCheck {
  Expr** index = nullptr;
  Expr* span = nullptr;    // of a SpanElement ...
  std::uint64_t count = 0; // ... or the size of an array
};

/// What the control flow around a statement says: `index < size(span)`.
class BoundsFacts {
public:
  /// Notes a let that is the size of a span.
  void learn(const Let& let);
  /// Notes what follows from a condition that came out as `truth`.
  void learn(const Expr& condition, bool truth);
  /// Forgets what mentions a variable that some statement of the block assigns.
  void forget_changes(Block& block);
  void forget_changes(Stmt& stmt);
  bool holds(const Expr& index, const Expr& span) const;

private:
  struct Fact {
    const Expr* index;
    const Expr* span;
  };
  /// The span whose size this is, or null.
  const Expr* span_of(const Expr& size) const;

  std::vector<Fact> facts_;
  std::unordered_map<const Local*, const Expr*> sizes_; // the spans
};

class BoundsChecks {
public:
  BoundsChecks(Builder& builder, const BoundsConfig& config) : builder_(builder), config_(config) {}

  BoundsFacts facts;              // at the current statement
  const Local* trusted = nullptr; // a span whose accesses are right

  /// The checks that a reference needs, outermost index last.
  std::vector<BoundsCheck> of(Expr& reference) const;

  Expr* is_inside(const BoundsCheck& check);
  /// All of them; null if there is none.
  Expr* are_inside(const std::vector<BoundsCheck>& checks);
  /// The index, or the last one that there is.
  Expr* clamped(const BoundsCheck& check);
  /// Keeps the indices in lets, for they are mentioned again.
  void capture(const std::vector<BoundsCheck>& checks);
  /// The index and the size, both u64.
  Expr* whole_index(const BoundsCheck& check);
  Expr* whole_size(const BoundsCheck& check);

private:
  struct Pair {
    Expr* index;
    Expr* size;
  };
  Pair compared(const BoundsCheck& check);
  Expr* converted(TypePtr type, Expr* value);
  Expr* copy(const Expr* expr);

  Builder& builder_;
  const BoundsConfig& config_;
};

} // namespace ring::ir::transform
