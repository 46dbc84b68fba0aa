// Puts a return behind an endless loop at the end of a function that has a result. WGSL does not
// need it (§9.8, behaviour analysis), but naga refuses a function without.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::backends::wgsl {

ir::Status end_in_return(ir::Module& module);

} // namespace ring::backends::wgsl
