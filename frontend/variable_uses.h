// Which variables of a function are only ever read. Those become values (let), which reads better
// and is faster everywhere; the others become objects (var).
#pragma once

#include "frontend/clang_fwd.h"

#include <set>

namespace ring::frontend {

class VariableUses {
public:
  /// Scans the body, lambdas included. `body` may be null.
  explicit VariableUses(const clang::Stmt* body);

  /// Written, or its address or a reference to it taken.
  bool needs_object(const clang::ValueDecl* variable) const {
    return objects_.count(variable) != 0;
  }

private:
  std::set<const clang::ValueDecl*> objects_;
};

} // namespace ring::frontend
