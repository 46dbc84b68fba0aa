// Which objects the pointer and span variables of a function can lead to. The indices in the
// targets mean nothing; see same_shape().
#pragma once

#include "ir/transform/pointer_places.h"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace ring::ir::transform {

class PointerShapes {
public:
  PointerShapes(Module& module, Function& function);

  /// All that may be assigned to the variable, the null pointer included.
  const std::vector<Target>& of(const Local* var) const;

  /// Whether the variable is never assigned after its declaration.
  bool is_fixed(const Local* var) const { return !stored_.contains(var); }

private:
  /// What a reference, pointer or span expression may lead to, with what is known so far.
  std::vector<Target> targets(const Expr& expr) const;
  bool add(const Local* var, const std::vector<Target>& targets);

  Expr* any_index_;                                     // stands for every index
  std::unordered_map<const Local*, const Expr*> inits_; // of lets
  std::unordered_map<const Local*, std::vector<Target>> shapes_;
  std::unordered_set<const Local*> stored_;
};

} // namespace ring::ir::transform
