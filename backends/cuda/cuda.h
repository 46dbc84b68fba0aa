// The CUDA C back end: source text for nvcc and NVRTC that reads as if it were written by hand.
//
//   const Target target = backends::cuda::target();
//
// A kernel `saxpy(span<const float> x, span<float> y, float a)` becomes
//
//   extern "C" __global__ void __launch_bounds__(256) saxpy(span<const float> x, span<float> y,
//                                                           float a)
//
// with spans as 16-byte structs by value, in the order of the parameters.
#pragma once

#include "backends/common/backend.h"

namespace ring::backends::cuda {

Target target();

std::vector<ir::transform::Pass> legalize(const Options& options);
ir::Result<Artefact> emit(const ir::VerifiedModule& module, const Options& options);

} // namespace ring::backends::cuda
