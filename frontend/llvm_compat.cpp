#include "frontend/llvm_compat.h"

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Serialization/PCHContainerOperations.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/BuryPointer.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <algorithm>
#include <new>
#include <sys/resource.h>

namespace ring::frontend::llvm_compat {
namespace {

/// Clang evaluates constant arrays of any size, 72 bytes for an element: `Body tile[100000000]` in
/// shared memory would take all that the machine has. While this lives that is a bad_alloc.
class MemoryLimit {
public:
  MemoryLimit() {
#ifndef __SANITIZE_ADDRESS__ // which reserves terabytes
    getrlimit(RLIMIT_AS, &before_);
    rlimit lower = before_;
    lower.rlim_cur = std::min(lower.rlim_cur, kMaxMemory);
    setrlimit(RLIMIT_AS, &lower);
#endif
  }
  ~MemoryLimit() {
#ifndef __SANITIZE_ADDRESS__
    setrlimit(RLIMIT_AS, &before_);
#endif
  }
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

private:
  static constexpr rlim_t kMaxMemory = rlim_t{4} << 30;
  [[maybe_unused]] rlimit before_{};
};

/// Just behind what Clang was parsing.
clang::SourceLocation place_reached(clang::CompilerInstance& compiler) {
  if (!compiler.hasPreprocessor()) return {};
  auto* lexer = static_cast<clang::Lexer*>(compiler.getPreprocessor().getCurrentFileLexer());
  return lexer ? lexer->getSourceLocation() : clang::SourceLocation();
}

/// Runs an action that the caller owns.
class Borrowed : public clang::tooling::ToolAction {
public:
  explicit Borrowed(clang::FrontendAction& action) : action_(action) {}

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> invocation,
                     clang::FileManager* files, std::shared_ptr<clang::PCHContainerOperations> pch,
                     clang::DiagnosticConsumer* consumer) override {
    // Kept until the process ends, as clang itself does: the destructor costs time, and it crashes
    // where an exception of ours has left the preprocessor in the middle of the file.
    auto* compiler = new clang::CompilerInstance(std::move(pch));
    llvm::BuryPointer(compiler);
    compiler->setInvocation(std::move(invocation));
    compiler->setFileManager(files);
    compiler->createDiagnostics(consumer, /*ShouldOwnClient=*/false);
    if (!compiler->hasDiagnostics()) return false;
    compiler->createSourceManager(*files);
    bool succeeded = false;
    const MemoryLimit limit;
    try {
      succeeded = compiler->ExecuteAction(action_);
    } catch (const std::bad_alloc&) {
      // False and no message would say nothing.
      clang::DiagnosticsEngine& diagnostics = compiler->getDiagnostics();
      diagnostics.Report(place_reached(*compiler),
                         diagnostics.getCustomDiagID(
                             clang::DiagnosticsEngine::Error,
                             "a constant is too large to evaluate; make its array smaller, "
                             "or use a ring::span"));
    }
    files->clearStatCache();
    return succeeded;
  }

private:
  clang::FrontendAction& action_;
};

} // namespace

bool run_action(const std::vector<std::string>& driver_args, clang::FrontendAction& action,
                clang::DiagnosticConsumer& consumer,
                llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files) {
  llvm::IntrusiveRefCntPtr<clang::FileManager> manager(
      new clang::FileManager(clang::FileSystemOptions(), std::move(files)));
  Borrowed borrowed(action);
  clang::tooling::ToolInvocation invocation(driver_args, &borrowed, manager.get(),
                                            std::make_shared<clang::PCHContainerOperations>());
  invocation.setDiagnosticConsumer(&consumer);
  return invocation.run();
}

std::string version() { return CLANG_VERSION_STRING; }

} // namespace ring::frontend::llvm_compat
