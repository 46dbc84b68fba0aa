// Functions that one lane runs on its own, written for groups of lanes.
//
//   if eq(thread_id(0), 0) { A }          becomes  A
//   eval barrier()                                 nothing
//   %n = block_dim(0)                              %n = 1
//
// A function that others call as well is copied first. What is left of a function that then only
// passes its parameters on, returns a literal or does nothing takes the place of its calls.
#pragma once

#include "ir/module.h"

#include <vector>

namespace ring::ir::transform {

/// `roots` and whatever they call; nobody calls a root yet.
void run_on_single_lane(Module& module, const std::vector<Function*>& roots);

} // namespace ring::ir::transform
