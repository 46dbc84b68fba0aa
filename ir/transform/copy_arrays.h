// Takes whole-array values apart for targets that print C, where arrays cannot be assigned,
// initialized from one another, or named by a `const` value.
//
//   var copy: array<f32, 4> = load(%row)   becomes   var copy: array<f32, 4>
//                                                     a loop that copies element by element
//
// Constructs of arrays stay where they initialize something: C has braces for those.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status copy_arrays(Module& module);

} // namespace ring::ir::transform
