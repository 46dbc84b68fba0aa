// Diagnostics as values. Every message has an id from diagnostics.def, a place, and where one is
// known a remedy. The driver renders them; libraries only collect them.
#pragma once

#include "ir/loc.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ring::ir {

enum class Severity : std::uint8_t { note, warning, error };

/// The number of an id: RC1203 is DiagnosticId{1203}.
enum class DiagnosticId : std::uint16_t {
#define RING_DIAGNOSTIC(number, name, title, explanation) name = number,
#include "ir/diagnostics.def"
#undef RING_DIAGNOSTIC
};

struct DiagnosticRow {
  DiagnosticId id;
  std::string_view name;
  std::string_view title;
  std::string_view explanation; // what --explain prints: the rule, why, and the remedy
};
const std::vector<DiagnosticRow>& diagnostic_rows();
std::string code_of(DiagnosticId id); // "RC1203"

struct Diagnostic {
  struct Note {
    Loc loc;
    std::string message;
  };
  /// Replaces the half-open range [begin, end) of one file by `text`.
  struct FixIt {
    Loc begin;
    Loc end;
    std::string text;
  };

  Severity severity = Severity::error;
  DiagnosticId id;
  Loc loc;
  std::string message;
  std::vector<Note> notes;
  std::vector<FixIt> fixits;
};

using Diagnostics = std::vector<Diagnostic>;

inline Diagnostic error(DiagnosticId id, Loc loc, std::string message,
                        std::vector<Diagnostic::Note> notes = {}) {
  return {Severity::error, id, loc, std::move(message), std::move(notes), {}};
}

bool has_errors(const Diagnostics& diagnostics);

} // namespace ring::ir
