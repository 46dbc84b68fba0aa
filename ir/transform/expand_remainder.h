// The remainder of signed integers, for targets that define it for operands that are not negative
// only. Run it after all passes that make integer arithmetic.
//
//   %a % %b   becomes   %a - %a / %b * %b
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status expand_remainder(Module& module);

} // namespace ring::ir::transform
