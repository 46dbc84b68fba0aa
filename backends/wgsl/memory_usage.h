// How the module's variables are used, as far as WGSL wants to know when they are declared.
#pragma once

#include "ir/module.h"

#include <set>

namespace ring::backends::wgsl {

struct MemoryUsage {
  /// Variables with an atomic operation on them: their elements are atomic<T>, and so is every
  /// other access.
  std::set<const ir::Global*> atomic;
  /// Some storage buffer is both read and written, so that a barrier has to order storage as well.
  bool storage_is_exchanged = false;
};

MemoryUsage memory_usage(const ir::Module& module);

/// The variable that a reference leads to; null for one of the function's own.
const ir::Global* root_of(const ir::Expr& reference);

} // namespace ring::backends::wgsl
