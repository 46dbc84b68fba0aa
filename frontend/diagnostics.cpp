// Locations and messages.
#include "frontend/module_lowering.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"

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
    const std::string name =
        preprocessor_.getHeaderSearchInfo().suggestPathToFileForDiagnostics(
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
  // How the kernel got here, outermost call last.
  for (auto function = active_.rbegin(); function != active_.rend(); ++function) {
    if (active_.size() < 2 || function + 1 == active_.rend()) break;
    diagnostic.notes.push_back(
        note((*function)->getLocation(),
             "in '" + (*function)->getQualifiedNameAsString() + "', which a kernel calls"));
  }
  output_.diagnostics.push_back(std::move(diagnostic));
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
