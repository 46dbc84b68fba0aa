#include "tools/ringcc/check.h"

#include "backends/targets.h"
#include "tools/ringcc/files.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Program.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <sstream>

namespace ring::ringcc {
namespace {

namespace fs = std::filesystem;

/// A tool and its arguments; "{}" stands for the file.
struct Checker {
  std::string target;
  std::string program;
  std::vector<std::string> arguments;
};

const std::vector<Checker>& checkers() {
  static const std::vector<Checker> kCheckers{
      {"cuda", "nvcc", {"-std=c++17", "-fmad=false", "--ptx", "-o", "/dev/null", "{}"}},
      {"cpu", "c++", {"-std=c++20", "-fwrapv", "-ffp-contract=off", "-fsyntax-only", "{}"}},
      {"wgsl", "tint", {"--validate", "{}"}},
      {"wgsl", "naga", {"{}"}},
  };
  return kCheckers;
}

/// A folder that goes with the object.
class TemporaryFolder {
public:
  TemporaryFolder() {
    llvm::SmallString<128> name;
    if (!llvm::sys::fs::createUniqueDirectory("ringcc-check", name)) path_ = name.str().str();
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  fs::path path() const { return path_; }

private:
  std::string path_;
};

/// The first "file:line:" of the tool's output that names one of our sources.
ir::Loc place_of(const std::string& output, const SourceMap& sources) {
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    for (std::uint32_t file = 0; file < sources.files.size(); ++file) {
      const std::string& name = sources.files[file].name;
      if (!line.starts_with(name) || line.size() <= name.size()) continue;
      const char separator = line[name.size()]; // g++: file:12:3, nvcc: file(12)
      if (separator != ':' && separator != '(') continue;
      const unsigned long number = std::strtoul(line.c_str() + name.size() + 1, nullptr, 10);
      if (number != 0) return {file, static_cast<std::uint32_t>(number), 1};
    }
  }
  return {};
}

void run(Compilation& compilation, const Checker& checker, const std::string& program,
         const fs::path& folder, const std::string& file) {
  const std::string log = (folder / (checker.program + ".log")).string();
  std::vector<std::string> arguments{program};
  for (const std::string& argument : checker.arguments) {
    arguments.push_back(argument == "{}" ? file : argument);
  }
  const std::vector<llvm::StringRef> views(arguments.begin(), arguments.end());
  const std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(""), llvm::StringRef(log),
                                                      llvm::StringRef(log)};
  const int code = llvm::sys::ExecuteAndWait(program, views, std::nullopt, redirects);
  std::cerr << "ringcc: check: " << checker.target << " with " << checker.program << ": "
            << (code == 0 ? "accepted" : "refused") << "\n";
  if (code == 0) return;
  const ir::Result<std::string> output = read_file(log);
  const std::string text = output ? *output : std::string("(no output)");
  compilation.diagnostics.push_back(ir::error(ir::DiagnosticId::invalid_output,
                                              place_of(text, compilation.sources),
                                              checker.program + " refuses the " + checker.target +
                                                  " code:\n" + text));
}

} // namespace

void check(Compilation& compilation, const Options& options) {
  const TemporaryFolder folder;
  if (folder.path().empty()) {
    compilation.diagnostics.push_back(
        ir::error(ir::DiagnosticId::file_error, {}, "cannot make a temporary folder for --check"));
    return;
  }
  for (const backends::Target& target : backends::all_targets()) {
    const std::string name(target.name);
    if (!compilation.outputs.count(name)) run_target(compilation, options, target, false);
  }
  for (const auto& [name, output] : compilation.outputs) {
    const auto* text = std::get_if<std::string>(&output.artefact);
    if (!text) std::cerr << "ringcc: check: " << name << " with spirv-val: accepted\n";
    if (!text || text->empty()) continue;
    const std::string file =
        (folder.path() / ("module" + std::string(backends::find_target(name)->suffix))).string();
    if (const ir::Status written = write_file(file, *text); !written) {
      compilation.diagnostics.push_back(written.diagnostics().front());
      return;
    }
    bool any = false;
    for (const Checker& checker : checkers()) {
      if (checker.target != name || any) continue;
      const llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName(checker.program);
      if (!program) continue;
      any = true;
      run(compilation, checker, *program, folder.path(), file);
    }
    if (!any) std::cerr << "ringcc: check: " << name << ": no compiler for it is installed\n";
  }
}

} // namespace ring::ringcc
