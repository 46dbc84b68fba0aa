// Literals in the C family, exact: integers with the suffix of their type, floats in the shortest
// form that reads back as the same bits.
#pragma once

#include "backends/common/c_text.h"
#include "ir/expr.h"

namespace ring::backends {

/// `3u`, `-7`, `(-2147483647 - 1)`, `0.1f`, `1e-05`. Narrow integers come as casts (`u8(3)`); with
/// `in_braces`, where the context has the type already, as plain numbers.
CText c_literal(const ir::Expr& expr, const ir::Literal& literal, bool in_braces = false);

} // namespace ring::backends
