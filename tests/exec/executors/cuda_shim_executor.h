// Runs the generated CUDA C on the host: NAME.shim.so is the .cu file, compiled by the host
// compiler with the header cuda_shim/cuda_shim.h (see there), beside the module's other artefacts.
#pragma once

#include "executor.h"

namespace ring::exec {

Opened open_cuda_shim();

} // namespace ring::exec
