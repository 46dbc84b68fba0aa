// Everything that depends on the version of LLVM and Clang.
#pragma once

#include "llvm/ADT/IntrusiveRefCntPtr.h"

#include <memory>
#include <string>
#include <vector>

namespace clang {
class CompilerInvocation;
class DiagnosticsEngine;
class FrontendAction;
class FileManager;
class DiagnosticConsumer;
} // namespace clang
namespace llvm::vfs {
class FileSystem;
}

namespace ring::frontend::llvm_compat {

/// Parses cc1 arguments made by Clang's driver for one source file and runs the action. False if
/// the invocation could not be built or the action reported errors.
bool run_action(const std::vector<std::string>& driver_args, clang::FrontendAction& action,
                clang::DiagnosticConsumer& consumer,
                llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files);

std::string version();

} // namespace ring::frontend::llvm_compat
