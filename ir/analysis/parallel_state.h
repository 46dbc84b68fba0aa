// What the lanes of a parallel actor share: its state, which each may change by atomics only, since
// others handle messages of their own at the same time.
//
//   for (const Diagnostic& problem : check_parallel_state(module)) ...   // RC2103, with notes
//
// It follows the state from the handlers of messages into the functions that they call. The other
// events (start, stop, idle) are one lane's, and may do with the state what they like.
#pragma once

#include "ir/diagnostic.h"
#include "ir/module.h"

namespace ring::ir::analysis {

/// The module obeys all other rules of the verifier.
Diagnostics check_parallel_state(Module& module);

} // namespace ring::ir::analysis
