// Splits locals of view types (lambdas that capture by reference, structs with spans or pointers,
// function objects without data) into one local for each field, so that no struct with a pointer in
// it is left. Run inline-references before, resolve-pointers after.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status split_views(Module& module);

} // namespace ring::ir::transform
