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
    auto compiler = std::make_unique<clang::CompilerInstance>(std::move(pch));
    compiler->setInvocation(std::move(invocation));
    compiler->setFileManager(files);
    compiler->createDiagnostics(consumer, /*ShouldOwnClient=*/false);
    if (!compiler->hasDiagnostics()) return false;
    compiler->createSourceManager(*files);
    const bool succeeded = compiler->ExecuteAction(action_);
    files->clearStatCache();
    // Kept until the process ends, as clang itself does: the destructor costs time, and after some
    // errors in the preprocessor it crashes.
    llvm::BuryPointer(std::move(compiler));
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
