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

void run(Compilation& compilation, const backends::Target& target, const backends::Checker& checker,
         const std::string& program, const fs::path& folder, const std::string& file) {
  const std::string name(checker.program);
  const std::string log = (folder / (name + ".log")).string();
  std::vector<llvm::StringRef> arguments{program};
  for (std::string_view argument : checker.arguments) {
    arguments.push_back(argument == "{}" ? std::string_view(file) : argument);
  }
  const std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(""), llvm::StringRef(log),
                                                      llvm::StringRef(log)};
  const int code = llvm::sys::ExecuteAndWait(program, arguments, std::nullopt, redirects);
  std::cerr << "ringcc: check: " << target.name << " with " << name << ": "
            << (code == 0 ? "accepted" : "refused") << "\n";
  if (code == 0) return;
  const ir::Result<std::string> output = read_file(log);
  const std::string text = output ? *output : std::string("(no output)");
  compilation.diagnostics.push_back(
      ir::error(ir::DiagnosticId::invalid_output, place_of(text, compilation.sources),
                name + " refuses the " + std::string(target.name) + " code:\n" + text));
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
    const backends::Target& target = *backends::find_target(name);
    const std::string file = (folder.path() / ("module" + std::string(target.suffix))).string();
    if (const ir::Status written = write_file(file, *text); !written) {
      compilation.diagnostics.push_back(written.diagnostics().front());
      return;
    }
    bool any = false;
    for (const backends::Checker& checker : target.checkers) {
      const llvm::ErrorOr<std::string> program =
          llvm::sys::findProgramByName(llvm::StringRef(checker.program));
      if (!program) continue;
      any = true;
      run(compilation, target, checker, *program, folder.path(), file);
      break;
    }
    if (!any) std::cerr << "ringcc: check: " << name << ": no compiler for it is installed\n";
  }
}

} // namespace ring::ringcc
