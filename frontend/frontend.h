// From a C++ source file to an IR module: Clang parses and checks, this folder lowers its AST.
//
//   FrontendOutput output = compile({.file = "saxpy.cpp", .clang_args = {"-std=c++20"}});
//   if (!output.module) render(output.diagnostics, output.files);
#pragma once

#include "ir/diagnostic.h"
#include "ir/module.h"

#include <optional>
#include <string>
#include <vector>

namespace ring::frontend {

struct FrontendOptions {
  std::string file;   // "-" for `source`
  std::string source; // the text, if file is "-"
  /// Clang's options: -I, -D, -std= and whatever follows `--`.
  std::vector<std::string> clang_args;
  /// The folder with Clang's own headers (stddef.h, ...).
  std::string resource_dir;
  /// The folders that hold ring/kernel.h and what it includes.
  std::vector<std::string> include_dirs;
  /// Lowers every function annotated as a library function; a file without kernels is then no
  /// error.
  bool library = false;
};

struct FrontendOutput {
  /// Set if there was no error. Not verified yet.
  std::optional<ir::Module> module;
  /// Errors and warnings; their locations index `files`.
  ir::Diagnostics diagnostics;
  std::vector<ir::SourceFile> files;
  /// Where to read the text of files[i]; for carets only, never written to an artefact.
  std::vector<std::string> paths;
  /// Every file that was read, for a depfile; the main file first.
  std::vector<std::string> dependencies;
  double parse_seconds = 0;
  double lower_seconds = 0;
};

FrontendOutput compile(const FrontendOptions& options);

/// Clang's own dump of the AST, or an empty string and diagnostics.
std::string dump_ast(const FrontendOptions& options, ir::Diagnostics& diagnostics);

/// "19.1.7"
std::string clang_version();

} // namespace ring::frontend
