// Which threads of a group go the same way. A barrier must be reached by all threads of its block
// or by none, a warp operation by all lanes of its warp; this analysis finds those that may not be.
//
//   for (const Diagnostic& problem : check_uniformity(module)) ...   // RC2101, RC2104, with notes
//
// The same holds for what speaks for a group of lanes: the replies of a warp or block actor.
//
// It walks each kernel, into the functions that it calls, and carries for each variable whether it
// has one value for the whole block or warp, and for each place whether all threads that entered
// the kernel together are there together. Threads that part in a branch meet after it, those that
// leave a loop by a break meet after the loop, those that return are gone.
//
// A plain load is uniform if its address is and the memory has not been written since the last
// barrier: then all threads read one value, or the program has a data race, which C++ leaves
// undefined. So a verdict that one thread stores reaches all through a barrier. What an atomic
// operation returns is never uniform.
#pragma once

#include "ir/diagnostic.h"
#include "ir/module.h"

namespace ring::ir::analysis {

/// The module obeys all other rules of the verifier. A kernel that has been split into loops over
/// its threads (ForEach) has no barriers left and is not looked at.
Diagnostics check_uniformity(Module& module);

} // namespace ring::ir::analysis
