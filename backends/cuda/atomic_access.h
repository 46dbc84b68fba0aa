// How CUDA C names atomic operations: what the dialect prints and the prelude has.
#pragma once

#include "ir/module.h"

#include <string>
#include <string_view>

namespace ring::backends::cuda {

/// Behind the name of an atomic function.
std::string_view scope_suffix(ir::MemoryScope scope);

/// Whether that load or store is one instruction with its order. In a block a fence is as cheap.
bool is_ordered_access(const ir::Intrinsic& intrinsic);

/// The prelude's function for an atomic_load or an atomic_store.
std::string access_function(const ir::Intrinsic& intrinsic);

} // namespace ring::backends::cuda
