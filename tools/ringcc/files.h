// Reading inputs and writing artefacts. A file is written only if its content changes, so that what
// depends on it is not rebuilt; it is written whole or not at all.
#pragma once

#include "ir/result.h"

#include <string>
#include <vector>

namespace ring::ringcc {

/// The whole file; "-" is standard input.
ir::Result<std::string> read_file(const std::string& path);

/// "-" or an empty path is standard output.
ir::Status write_file(const std::string& path, const std::string& content);

/// A Make rule: `target: dependency ...`, with blanks and dollars escaped.
std::string depfile_text(const std::string& target, const std::vector<std::string>& dependencies);

} // namespace ring::ringcc
