// Makes a module from C++ the same as one that was read from its own text, whose expressions stand
// where their statements stand. Done once, before the first pass: otherwise a pass that turns part
// of an expression into a statement would give it a place of its own from C++, and not from a .rir
// file, and the two would differ in their line directives.
#pragma once

#include "ir/module.h"

namespace ring::ir {

/// Errors after this name the statement, not the part of it.
void use_statement_locs(Module& module);

} // namespace ring::ir
