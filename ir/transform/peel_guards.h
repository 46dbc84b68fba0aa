// Makes a second copy of a loop over threads without its guard, for the blocks in which every
// thread passes it: nearly all of them. Without a condition around its stores the loop vectorizes.
//
//   for_each thread {                          if (not (block_id.x * 256 + 255 >= size(%y))) {
//     let %i = global_id.x                       for_each thread { let %i = ..., store %y[%i], ...
//     } if (%i >= size(%y)) { continue }   ▶     } else { store %y[%i], ... for_each thread { as
//     before }
//   }                                          }
//
// The guard must be a comparison of an index that grows with the thread's and of something that all
// threads agree on, or several such; then the last thread speaks for all. Loops that would not
// vectorize anyway (with inner loops or effects) are left alone. For targets with for_each.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status peel_guards(Module& module);

} // namespace ring::ir::transform
