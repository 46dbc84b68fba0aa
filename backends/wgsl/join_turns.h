// Threads that `continue` meet the others at the end of the turn, in our IR. In WGSL they part for
// the rest of the loop, so that no barrier may stand in it. So the rest of the turn goes into a
// branch, behind which all meet in WGSL as well:
//
//   eval barrier()                        eval barrier()
//   if (thread_id.x > 3) {      becomes   if (thread_id.x <= 3) {
//     continue                              store @s[thread_id.x], 1
//   }                                     }
//   store @s[thread_id.x], 1
#pragma once

#include "ir/module.h"

#include <cstddef>

namespace ring::backends::wgsl {

/// Takes the `continue`s of the loop from the statement of its body at `position` on. Who leaves
/// the loop there notes it in a variable, and goes at the end of the body.
void join_turns(ir::Module& module, ir::Loop& loop, std::size_t position);

} // namespace ring::backends::wgsl
