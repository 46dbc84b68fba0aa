// Between the API and a backend: checks a call against the kernel's image, turns threads into
// blocks, supplies the trap record and turns what it says into an Error.
#pragma once

#include "core/device.h"

#include <ring/raw_arg.h>
#include <ring/run_options.h>

namespace ring::runtime {

Status launch(Device& device, const ModuleImage& module, const KernelImage& kernel,
              const RunOptions& options, std::span<const RawArg> args);

} // namespace ring::runtime
