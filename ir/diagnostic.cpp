#include "ir/diagnostic.h"

#include <algorithm>

namespace ring::ir {

const std::vector<DiagnosticRow>& diagnostic_rows() {
  static const std::vector<DiagnosticRow> kRows{
#define RING_DIAGNOSTIC(number, name, title, explanation)                                          \
  {DiagnosticId::name, #name, title, explanation},
#include "ir/diagnostics.def"
#undef RING_DIAGNOSTIC
  };
  return kRows;
}

std::string code_of(DiagnosticId id) {
  return "RC" + std::to_string(static_cast<std::uint16_t>(id));
}

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

} // namespace ring::ir
