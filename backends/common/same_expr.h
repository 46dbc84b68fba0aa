// Whether two expressions are the same tree, so that `x[i] = x[i] + a` can be written `x[i] += a`.
#pragma once

#include "ir/expr.h"

namespace ring::backends {

bool same_expr(const ir::Expr& a, const ir::Expr& b);

} // namespace ring::backends
