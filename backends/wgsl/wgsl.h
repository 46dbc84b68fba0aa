// The WGSL back end: what WebGPU devices can do without optional features (subgroups excepted,
// which a module asks for only if it uses them), the passes that bring a module down to that, the
// printer.
//
//   const Target target = backends::wgsl::target();
//
// A kernel `saxpy(span<const float> x, span<float> y, float a)` becomes an entry point of the same
// name, with `x` at binding 0 of group 0, `y` at binding 1, and its params block at binding 2.
#pragma once

#include "backends/common/backend.h"

namespace ring::backends::wgsl {

Target target();

std::vector<ir::transform::Pass> legalize(const Options& options);
ir::Result<Artefact> emit(const ir::VerifiedModule& module, const Options& options);

} // namespace ring::backends::wgsl
