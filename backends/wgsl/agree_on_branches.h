// Our verifier has proved that all threads of a block come to each barrier together. A WGSL
// implementation wants to see it for itself, and sees less (uniform_values.h): to it a verdict that
// one thread left in workgroup memory differs from thread to thread. So a branch that decides about
// a barrier asks the first thread for its condition, and all take what that says:
//
//   if (load(@flag) != 0) {        if (thread_id.x == 0) {
//     eval barrier()                 store @agreed, convert<u32>(load(@flag) != 0)
//   }                              }
//                         becomes  let %verdict: u32 = uniform_load(@agreed)
//                                  if (%verdict != 0) {
//                                    eval barrier()
//                                  }
//
// That changes no value: where a branch has a barrier inside, or a jump past one, the verifier has
// proved that all threads of the block come there together and with the same condition. Where they
// do not, because some `continue` or leave a case and miss no barrier by it, join_turns makes
// another form.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::backends::wgsl {

/// Changes only what decides about a barrier, and what an implementation would not take for
/// uniform. The variable is one for the module, a word of workgroup memory.
ir::Status agree_on_branches(ir::Module& module);

} // namespace ring::backends::wgsl
