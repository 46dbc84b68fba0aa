// What ringcc prints instead of compiling: --version, --list-passes, --explain and the like.
#pragma once

#include "ir/result.h"

#include <string>

namespace ring::ringcc {

/// The text for Options::show, or a diagnostic (an id that does not exist).
ir::Result<std::string> show(const std::string& what);

} // namespace ring::ringcc
