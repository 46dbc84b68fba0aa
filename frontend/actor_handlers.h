// Which functions of an actor handle which events.
#pragma once

#include "frontend/module_lowering.h"

#include "clang/AST/DeclCXX.h"

namespace ring::frontend {

/// A function that handles a message: `void receive(ring::Context&, const M&)` or `..., M)`.
struct Receiver {
  const clang::FunctionDecl* function = nullptr;
  const ir::RingKernel::Message* message = nullptr;
  ir::TypePtr type = nullptr; // of the message
};

struct Handlers {
  const clang::CXXMethodDecl* start = nullptr;
  const clang::CXXMethodDecl* stop = nullptr;
  const clang::CXXMethodDecl* idle = nullptr;
  std::vector<Receiver> receivers; // in the order of the source

  /// ring::Context, which all of them take; there is at least one.
  clang::QualType context() const;
};

/// The handlers among an actor's member functions; what cannot be one is an error.
Handlers find_handlers(ModuleLowering& module, const clang::CXXRecordDecl* actor);

/// What a function with the parameters (ring::Context&, const M&) handles; nothing after an error.
std::optional<Receiver> receiver_of(ModuleLowering& module, const clang::FunctionDecl* function);

} // namespace ring::frontend
