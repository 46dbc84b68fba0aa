// The CPU back end: C++ source for the host compiler, with one function for each kernel
//
//   extern "C" void <module>_<kernel>_cpu(const ring::abi::CpuBlock* block, void* const* args);
//
// that runs one whole block: loops over its threads between the barriers, made by split_barriers.
// The file stands alone. Compile it with -fwrapv -ffp-contract=off.
#pragma once

#include "backends/common/backend.h"

namespace ring::backends::cpu {

Target target();

std::vector<ir::transform::Pass> legalize(const Options& options);
ir::Result<Artefact> emit(const ir::VerifiedModule& module, const Options& options);

} // namespace ring::backends::cpu
