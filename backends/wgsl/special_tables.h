// WGSL has no constant that is an infinity or a NaN. A constant table of floats that holds one
// keeps their bits instead, and what is read from it is cast back.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::backends::wgsl {

/// Of arrays of f32, however nested. A table of structs with such a value is a missing_capability
/// error at its declaration.
ir::Status special_tables(ir::Module& module);

} // namespace ring::backends::wgsl
