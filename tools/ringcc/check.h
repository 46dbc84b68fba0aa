// --check: the downstream compilers that are installed must take what was made.
#pragma once

#include "tools/ringcc/compile.h"

namespace ring::ringcc {

/// Runs nvcc, the host compiler and a WGSL implementation (tint or naga) where they are on the
/// PATH; SPIR-V has always been through spirv-val. Says on standard error what ran and what is
/// missing. A tool that refuses adds an error with its output, at the place that its #line names.
void check(Compilation& compilation, const Options& options);

} // namespace ring::ringcc
