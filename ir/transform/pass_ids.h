// Some targets give ids to entry points only: a device function that asks for one gets it as a
// parameter from its callers. The extent of a block, which each kernel knows, becomes a literal
// there.
//
//   fn row() { return thread_id.y }   becomes   fn row(thread_id_y) { return thread_id_y }
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

struct PassIdsConfig {
  /// On the target every function can ask for the other ids, but the extent is the kernel's alone.
  bool extents_only = false;
};

Status pass_ids(Module& module, const PassIdsConfig& config = {});

} // namespace ring::ir::transform
