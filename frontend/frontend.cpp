#include "frontend/frontend.h"

#include "frontend/llvm_compat.h"
#include "frontend/module_lowering.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/ASTConsumers.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <cctype>
#include <chrono>
#include <filesystem>
#include <new>

namespace ring::frontend {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kStandardInput = "stdin.cpp";

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string main_file_of(const FrontendOptions& options) {
  return options.file == "-" ? kStandardInput : options.file;
}

/// The file's stem as an identifier: "my-bank.cpp" is my_bank.
std::string module_name_of(const std::string& file) {
  std::string name = std::filesystem::path(file).stem().string();
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0]))) name.insert(0, 1, '_');
  return name;
}

std::vector<std::string> driver_args(const FrontendOptions& options) {
  std::vector<std::string> args{"clang++", "-fsyntax-only", "-std=c++20", "-D__RINGCC__=1",
                                // Otherwise Clang writes its own count of errors to standard error.
                                "-fno-caret-diagnostics"};
  if (!options.resource_dir.empty()) {
    args.insert(args.end(), {"-resource-dir", options.resource_dir});
  }
  for (const std::string& folder : options.include_dirs)
    args.insert(args.end(), {"-isystem", folder});
  args.insert(args.end(), options.clang_args.begin(), options.clang_args.end());
  args.push_back(main_file_of(options));
  return args;
}

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files_of(const FrontendOptions& options) {
  auto real = llvm::vfs::getRealFileSystem();
  if (options.file != "-") return real;
  auto memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  llvm::SmallString<128> path(kStandardInput);
  (void)real->makeAbsolute(path);
  memory->addFile(path, 0, llvm::MemoryBuffer::getMemBufferCopy(options.source, path));
  auto overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(real);
  overlay->pushOverlay(memory);
  return overlay;
}

/// Turns Clang's diagnostics into ours. Lives as long as the compiler run.
class Collector : public clang::DiagnosticConsumer {
public:
  explicit Collector(FrontendOutput& output) : output_(output) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic& info) override {
    clang::DiagnosticConsumer::HandleDiagnostic(level, info);
    llvm::SmallString<256> text;
    info.FormatDiagnostic(text);
    const ir::Loc place = loc(info);
    if (level == clang::DiagnosticsEngine::Note) {
      if (!output_.diagnostics.empty()) {
        output_.diagnostics.back().notes.push_back({place, text.str().str()});
      }
      return;
    }
    if (level < clang::DiagnosticsEngine::Warning) return;
    ir::Diagnostic diagnostic = ir::error(ir::DiagnosticId::clang_error, place, text.str().str());
    if (level == clang::DiagnosticsEngine::Warning) diagnostic.severity = ir::Severity::warning;
    for (const clang::FixItHint& hint : info.getFixItHints())
      add_fixit(diagnostic, info, hint);
    add_includes(diagnostic, info);
    output_.diagnostics.push_back(std::move(diagnostic));
  }

private:
  ir::Loc loc(const clang::Diagnostic& info) {
    if (!info.hasSourceManager() || info.getLocation().isInvalid()) return {};
    return loc(info.getSourceManager(), info.getLocation());
  }

  ir::Loc loc(const clang::SourceManager& sources, clang::SourceLocation location) {
    const clang::PresumedLoc place = sources.getPresumedLoc(sources.getFileLoc(location));
    if (place.isInvalid()) return {};
    return {file_index(place.getFilename()), place.getLine(), place.getColumn()};
  }

  /// What is wrong in a header was asked for by a line of the main file.
  void add_includes(ir::Diagnostic& diagnostic, const clang::Diagnostic& info) {
    if (!info.hasSourceManager() || info.getLocation().isInvalid()) return;
    const clang::SourceManager& sources = info.getSourceManager();
    clang::PresumedLoc place = sources.getPresumedLoc(sources.getFileLoc(info.getLocation()));
    while (place.isValid() && place.getIncludeLoc().isValid()) {
      diagnostic.notes.push_back({loc(sources, place.getIncludeLoc()), "included from here"});
      place = sources.getPresumedLoc(place.getIncludeLoc());
    }
  }

  void add_fixit(ir::Diagnostic& diagnostic, const clang::Diagnostic& info,
                 const clang::FixItHint& hint) {
    if (!info.hasSourceManager() || hint.RemoveRange.getBegin().isInvalid()) return;
    const ir::Loc begin = loc(info.getSourceManager(), hint.RemoveRange.getBegin());
    const ir::Loc end = loc(info.getSourceManager(), hint.RemoveRange.getEnd());
    diagnostic.fixits.push_back({begin, end, hint.CodeToInsert});
  }

  std::uint32_t file_index(const std::string& name) {
    for (std::uint32_t i = 0; i < output_.paths.size(); ++i) {
      if (output_.paths[i] == name) return i;
    }
    output_.files.push_back({name, ""});
    output_.paths.push_back(name);
    return static_cast<std::uint32_t>(output_.paths.size() - 1);
  }

  FrontendOutput& output_;
};

class LoweringConsumer : public clang::ASTConsumer {
public:
  LoweringConsumer(clang::CompilerInstance& compiler, FrontendOutput& output, ir::Module& module,
                   bool library)
      : compiler_(compiler), output_(output), module_(module), library_(library) {}

  void HandleTranslationUnit(clang::ASTContext& context) override {
    if (compiler_.getDiagnostics().hasErrorOccurred()) return;
    const auto start = Clock::now();
    try {
      lower(context);
    } catch (const std::bad_alloc&) { // else it would pass for one of Clang's constants
      output_.diagnostics.push_back(ir::error(ir::DiagnosticId::internal_error, {},
                                              "the front end ran out of memory on this file"));
    }
    output_.lower_seconds = seconds_since(start);
  }

private:
  void lower(clang::ASTContext& context) {
    ModuleLowering lowering(compiler_.getSema(), context, compiler_.getPreprocessor(), module_,
                            output_);
    if (library_) {
      lowering.lower_library();
    } else {
      lowering.lower_kernels();
    }
  }

  clang::CompilerInstance& compiler_;
  FrontendOutput& output_;
  ir::Module& module_;
  bool library_;
};

class LoweringAction : public clang::ASTFrontendAction {
public:
  LoweringAction(FrontendOutput& output, ir::Module& module, bool library)
      : output_(output), module_(module), library_(library) {}

  bool BeginInvocation(clang::CompilerInstance& compiler) override {
    dependencies_ = std::make_shared<Dependencies>();
    compiler.addDependencyCollector(dependencies_);
    return true;
  }

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    return std::make_unique<LoweringConsumer>(compiler, output_, module_, library_);
  }

  void EndSourceFileAction() override {
    output_.dependencies.assign(dependencies_->getDependencies().begin(),
                                dependencies_->getDependencies().end());
  }

private:
  struct Dependencies : clang::DependencyCollector {
    bool needSystemDependencies() override { return true; }
  };

  FrontendOutput& output_;
  ir::Module& module_;
  bool library_;
  std::shared_ptr<Dependencies> dependencies_;
};

class DumpAction : public clang::ASTFrontendAction {
public:
  explicit DumpAction(std::string& text) : stream_(text) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance&,
                                                        llvm::StringRef) override {
    return clang::CreateASTDumper(std::make_unique<llvm::raw_string_ostream>(buffer_), "",
                                  /*DumpDecls=*/true, /*Deserialize=*/false,
                                  /*DumpLookups=*/false, /*DumpDeclTypes=*/false,
                                  clang::ADOF_Default);
  }

  void EndSourceFileAction() override { stream_ = buffer_; }

private:
  std::string buffer_;
  std::string& stream_;
};

} // namespace

FrontendOutput compile(const FrontendOptions& options) {
  FrontendOutput output;
  const std::string main_file = main_file_of(options);
  output.files.push_back({main_file, ""});
  output.paths.push_back(main_file);
  ir::Module module;
  module.name = module_name_of(main_file);

  const auto start = Clock::now();
  Collector collector(output);
  LoweringAction action(output, module, options.library);
  const bool ran =
      llvm_compat::run_action(driver_args(options), action, collector, files_of(options));
  output.parse_seconds = seconds_since(start) - output.lower_seconds;
  if (!ran && !ir::has_errors(output.diagnostics)) {
    output.diagnostics.push_back(
        ir::error(ir::DiagnosticId::clang_error, {}, "Clang could not be run with these options"));
  }
  if (!ir::has_errors(output.diagnostics)) {
    module.files = output.files;
    output.module = std::move(module);
  }
  return output;
}

std::string dump_ast(const FrontendOptions& options, ir::Diagnostics& diagnostics) {
  FrontendOutput output;
  output.files.push_back({main_file_of(options), ""});
  output.paths.push_back(main_file_of(options));
  Collector collector(output);
  std::string text;
  DumpAction action(text);
  llvm_compat::run_action(driver_args(options), action, collector, files_of(options));
  diagnostics = std::move(output.diagnostics);
  return text;
}

std::string clang_version() { return llvm_compat::version(); }

} // namespace ring::frontend
