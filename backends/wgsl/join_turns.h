// Threads that `continue` meet the others at the end of the turn, in our IR. In WGSL they part for
// the rest of the loop, so that no barrier may stand in it. So the rest of the turn goes into a
// branch, behind which all meet in WGSL as well:
//
//   eval barrier()                        eval barrier()
//   if (thread_id.x > 3) {      becomes   if (thread_id.x <= 3) {
//     continue                              store @s[thread_id.x], 1
//   }                                     }
//   store @s[thread_id.x], 1
//
// Likewise for those who `break` out of a switch, which others leave by a jump that leads further.
#pragma once

#include "ir/module.h"

#include <cstddef>
#include <cstdint>

namespace ring::backends::wgsl {

/// The body of a loop, or of a case, whose end is where threads meet.
enum class Body : std::uint8_t { of_loop, of_case };

/// Takes the jumps to the end of the body from its statement at `position` on. Who jumps further
/// from there notes it in a variable, and goes at the end of the body.
void join_turns(ir::Module& module, ir::Block& body, std::size_t position, Body kind);

} // namespace ring::backends::wgsl
