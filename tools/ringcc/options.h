// The command line of ringcc, as data.
#pragma once

#include "backends/common/backend.h"
#include "ir/result.h"

#include <string>
#include <vector>

namespace ring::ringcc {

enum class DiagnosticsFormat { text, json, sarif };

struct Options {
  std::vector<std::string> inputs;  // .cpp or .rir files; "-" is standard input
  std::string language;             // -x: "c++", "ir", or empty for the file's suffix
  std::vector<std::string> targets; // empty: all that the input allows
  std::string emit;                 // --emit=, or empty for --out-dir
  std::string output;               // -o; empty or "-" is standard output
  std::string out_dir;
  std::vector<std::string> kernels; // --kernel=; empty: all
  std::string module_namespace;     // --namespace=

  std::vector<std::string> print_before; // pass names or "all"
  std::vector<std::string> print_after;
  bool print_changed = false;
  std::string stop_after;
  std::vector<std::string> passes; // --passes=: instead of the target's own list
  bool verify_each = false;
  bool verify_roundtrip = false;
  bool time_report = false;

  bool check = false;
  bool library = false; // --library: lower library functions instead of kernels
  backends::Options backend;
  bool bounds_given = false;

  std::vector<std::string> clang_args; // -I, -D, -std=, -O, -g and what follows `--`
  bool write_depfile = false;          // -MD
  std::string depfile;                 // -MF
  std::string depfile_target;          // -MT
  bool werror = false;
  DiagnosticsFormat diagnostics_format = DiagnosticsFormat::text;

  /// Something to print instead of compiling: "help", "version", "passes", "intrinsics",
  /// "intrinsics-json", "targets", or "explain:RC1203".
  std::string show;
};

ir::Result<Options> parse_options(const std::vector<std::string>& args);

/// What --help prints.
std::string help_text();

} // namespace ring::ringcc
