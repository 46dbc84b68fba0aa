// Locations and messages.
#include "frontend/module_lowering.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace ring::frontend {

ir::Loc ModuleLowering::loc(clang::SourceLocation location) {
  if (location.isInvalid()) return {};
  const clang::SourceManager& sources = context_.getSourceManager();
  const auto [file, offset] = sources.getDecomposedLoc(sources.getFileLoc(location));
  const auto known = files_.find(file.getHashValue());
  std::uint32_t index = 0;
  if (known != files_.end()) {
    index = known->second;
  } else if (file != sources.getMainFileID()) {
    const auto entry = sources.getFileEntryRefForID(file);
    if (!entry) return {};
    bool angled = false;
    const auto main_file = sources.getFileEntryRefForID(sources.getMainFileID());
    const std::string name = preprocessor_.getHeaderSearchInfo().suggestPathToFileForDiagnostics(
        *entry, main_file ? main_file->getName() : llvm::StringRef{}, &angled);
    index = static_cast<std::uint32_t>(output_.files.size());
    output_.files.push_back({name, angled ? "<" + name + ">" : "\"" + name + "\""});
    output_.paths.push_back(entry->getName().str());
  }
  files_.emplace(file.getHashValue(), index);
  return {index, sources.getLineNumber(file, offset), sources.getColumnNumber(file, offset)};
}

void ModuleLowering::error(ir::DiagnosticId id, clang::SourceLocation where, std::string message,
                           std::vector<ir::Diagnostic::Note> notes) {
  ir::Diagnostic diagnostic = ir::error(id, loc(where), std::move(message), std::move(notes));
  // A template is lowered once for each instantiation; what is wrong with it is said once.
  for (const ir::Diagnostic& earlier : output_.diagnostics) {
    if (earlier.id == id && earlier.loc == diagnostic.loc &&
        earlier.message == diagnostic.message) {
      return;
    }
  }
  for (ir::Diagnostic::Note& step : way_here())
    diagnostic.notes.push_back(std::move(step));
  output_.diagnostics.push_back(std::move(diagnostic));
}

std::size_t ModuleLowering::error_count() const {
  return static_cast<std::size_t>(
      std::count_if(output_.diagnostics.begin(), output_.diagnostics.end(),
                    [](const auto& d) { return d.severity == ir::Severity::error; }));
}

bool ModuleLowering::is_active(const clang::NamedDecl* declaration) const {
  return std::any_of(active_.begin(), active_.end(),
                     [&](const Step& step) { return step.declaration == declaration; });
}

/// How the kernel got here: each call and each use of a class, the kernel's own last. What is wrong
/// in a header was asked for by a line of the user's.
std::vector<ir::Diagnostic::Note> ModuleLowering::way_here() {
  std::vector<ir::Diagnostic::Note> notes;
  for (auto step = active_.rbegin(); step != active_.rend(); ++step) {
    if (step->use.isInvalid()) continue;
    std::string name;
    llvm::raw_string_ostream stream(name);
    step->declaration->getNameForDiagnostic(stream, context_.getPrintingPolicy(),
                                            /*Qualified=*/true);
    const bool is_call = llvm::isa<clang::FunctionDecl>(step->declaration);
    notes.push_back(
        note(step->use, "in '" + name + (is_call ? "', called from here" : "', used here")));
  }
  return notes;
}

ir::Diagnostic::Note ModuleLowering::note(clang::SourceLocation where, std::string message) {
  return {loc(where), std::move(message)};
}

std::string ModuleLowering::unique_name(const std::string& base) {
  std::string name = base;
  for (int suffix = 1; !names_.insert(name).second; ++suffix) {
    name = base + "_" + std::to_string(suffix);
  }
  return name;
}

} // namespace ring::frontend
