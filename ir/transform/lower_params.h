// Turns the parameters of kernels into what buffer-binding targets have: a storage buffer for each
// span and one params block for the rest (see analysis/params_layout.h for the layout). Afterwards
// a kernel has no parameters, and Kernel::bindings lists its buffers.
//
// Spans may be used only through SpanElement and SpanSize by then: run resolve-pointers before.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status lower_params(Module& module);

} // namespace ring::ir::transform
