// For passes that mention the operands of a node more than once: what is not a name or a literal
// already gets a let before its statement. Lazy arms stay lazy.
//
//   return (%x + 1) % %n   becomes   let %value: i32 = %x + 1
//                                    return %value % %n
#pragma once

#include "ir/module.h"

#include <functional>

namespace ring::ir::transform {

/// Of each node of the block for which `chosen` holds.
void name_operands(Module& module, Block& block, const std::function<bool(const Expr&)>& chosen);

} // namespace ring::ir::transform
