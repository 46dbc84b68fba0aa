// How many threads a kernel runs with, and how long it may take.
#pragma once

#include <ring/extents.h>

#include <chrono>

namespace ring {

/// Exactly one of threads and blocks is given. Whole blocks run: with .threads = n and a block of
/// 256 there are n rounded up to a multiple of 256 threads, so kernels guard against the surplus.
/// No threads at all is fine and does nothing.
struct RunOptions {
  Extents threads = {};
  Extents blocks = {};
  /// A kernel that takes longer is an Error{timeout}. GPU backends cannot stop it, so the runtime
  /// is lost then; the CPU backend stops it between two blocks.
  std::chrono::milliseconds timeout = std::chrono::seconds(60);
};

} // namespace ring
