#include "frontend/llvm_compat.h"

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Serialization/PCHContainerOperations.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/BuryPointer.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <new>

namespace ring::frontend::llvm_compat {
namespace {

/// Runs an action that the caller owns.
class Borrowed : public clang::tooling::ToolAction {
public:
  explicit Borrowed(clang::FrontendAction& action) : action_(action) {}

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> invocation,
                     clang::FileManager* files,
                     std::shared_ptr<clang::PCHContainerOperations> pch,
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
    try {
      succeeded = compiler->ExecuteAction(action_);
    } catch (const std::bad_alloc&) {
      // Clang evaluates constant arrays of any size; false and no message would say nothing.
      compiler->getDiagnostics().Report(compiler->getDiagnostics().getCustomDiagID(
          clang::DiagnosticsEngine::Error, "a constant of this file is too large to evaluate"));
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
