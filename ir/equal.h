// Structural equality of modules: the same text form. Where expressions and locals stand in the
// source is not compared, because the text form leaves it to their statements.
#pragma once

#include "ir/module.h"

namespace ring::ir {

bool equal(const Module& a, const Module& b);

} // namespace ring::ir
