// Turns the parameters of kernels into what buffer-binding targets have: a storage buffer for each
// span and one params block for the rest (see analysis/params_layout.h for the layout). Afterwards
// a kernel has no parameters, and Kernel::bindings lists its buffers.
//
// A bound span becomes the buffer of the parameter of its name, which a kernel that lacks it gets
// as its last. Functions read its size from the params block, so kernels that reach bound spans and
// have equal parameters share buffers and block; those that differ get functions of their own.
//
// Spans may be used only through SpanElement and SpanSize by then: run resolve-pointers before.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status lower_params(Module& module);

} // namespace ring::ir::transform
