// Removes every let and variable that is a reference, a pointer or a span. Each use becomes the
// object that it leads to, written from its root: a variable, a shared or constant global, or an
// element of a kernel's span. Indices are captured in lets where the reference was bound; a pointer
// variable becomes a variable with the index (and, if it can lead to several objects, one that says
// which).
//
// Run inline-references and split-views before: no call may take or give references, no struct hold
// any. Pointers that are read from memory are errors, and so are casts between pointers.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status resolve_pointers(Module& module);

} // namespace ring::ir::transform
