// WGSL gives ids to entry points only: a device function that asks for one gets it as a parameter
// from its callers. The extent of a block, which each kernel knows, becomes a literal there.
//
//   fn row() { return thread_id.y }   becomes   fn row(thread_id_y) { return thread_id_y }
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::backends::wgsl {

ir::Status pass_ids(ir::Module& module);

} // namespace ring::backends::wgsl
