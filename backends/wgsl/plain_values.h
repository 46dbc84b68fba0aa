// Takes away what WGSL does not allow of values: select() of structs and arrays becomes an `if`,
// and a struct without fields gets one.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::backends::wgsl {

ir::Status plain_values(ir::Module& module);

} // namespace ring::backends::wgsl
