// How a function uses its views, the structs that hold references, pointers or spans. Used by
// split-views.
#pragma once

#include "ir/module.h"

#include <unordered_set>

namespace ring::ir::transform {

bool is_pointer_to_view(TypePtr type);

/// References and pointers to views that name the same local for ever: puts its name where they are
/// used, and takes them away.
void follow_view_references(Module& module, Function& function);

/// The locals that may change after their declaration; all others are only read.
std::unordered_set<const Local*> changed_locals(Function& function);

} // namespace ring::ir::transform
