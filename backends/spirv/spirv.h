// The SPIR-V back end: compute shaders for Vulkan, in two profiles. `full` uses 8-, 16- and 64-bit
// types; `core` emulates them and runs where there are only 32-bit ones.
#pragma once

#include "backends/common/backend.h"

namespace ring::backends::spirv {

Target full_target();
Target core_target();

ir::Result<Artefact> emit(const ir::VerifiedModule& module, const Options& options);

} // namespace ring::backends::spirv
