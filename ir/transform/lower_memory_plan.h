// Which variables lower_memory turns into words.
#pragma once

#include "ir/transform/lower_memory.h"

#include <set>

namespace ring::ir::transform {

/// The variable that a reference leads to through its indexes and members; null for a local one.
Global* root_of(const Expr* reference);

/// Whether the target has a type with exactly this layout.
bool is_native(TypePtr type, const CapabilitySet& capabilities);

std::set<const Global*> plan_words(Module& module, const LowerMemoryConfig& config);

} // namespace ring::ir::transform
