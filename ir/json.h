// The module as JSON, for tools that read it and never write it back. The shape follows the headers
// of this folder: a node is an object with its "kind", its "type" in the text form, its operands by
// the names that the C++ struct gives them; ir/README.md shows one.
#pragma once

#include "ir/module.h"

#include <string>

namespace ring::ir {

/// Indented by two, keys in a fixed order, a newline at the end. Integers stand as decimal strings
/// where JSON's readers would round them; infinities and NaNs as strings.
std::string to_json(const Module& module);

} // namespace ring::ir
