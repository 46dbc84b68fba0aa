// Diagnostics as a compiler prints them: Clang's text form with carets, JSON, or SARIF 2.1.0.
#pragma once

#include "ir/diagnostic.h"
#include "ir/module.h"
#include "tools/ringcc/options.h"

#include <string>
#include <vector>

namespace ring::ringcc {

/// The files that locations index; `paths` says where to read their text for carets, and `text` of
/// "-" is what was read from standard input.
struct SourceMap {
  std::vector<ir::SourceFile> files;
  std::vector<std::string> paths;
  std::string standard_input;
};

std::string render(const ir::Diagnostics& diagnostics, const SourceMap& sources,
                   DiagnosticsFormat format);

} // namespace ring::ringcc
