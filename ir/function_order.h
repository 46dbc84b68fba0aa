// Callees before callers: the order that the verifier asks for, and that printers print in.
#pragma once

#include "ir/module.h"

namespace ring::ir {

/// Puts the module's functions into an order in which callees come before callers, and otherwise
/// leaves them as they are. They move: no Function* from before may be used after it.
void order_functions(Module& module);

} // namespace ring::ir
