// Reads the text form (.rir) that ir/README.md describes.
//
//   Result<Module> module = parse(text, "saxpy.rir");
#pragma once

#include "ir/module.h"
#include "ir/result.h"

#include <string_view>

namespace ring::ir {

/// The module, its expressions at the places of their statements. What the text form cannot leave
/// out has been checked (names, types of expressions); the verifier checks the rest. On an error
/// the diagnostics' file 0 is `file_name` itself; parsing stops at the first error.
Result<Module> parse(std::string_view text, std::string_view file_name);

} // namespace ring::ir
