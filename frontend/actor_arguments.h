// What a launch gives to an actor: its fields marked RING_PARAM(), and its routes.
#pragma once

#include "frontend/module_lowering.h"

namespace ring::frontend {

struct ActorArguments {
  std::vector<ir::RingKernel::Argument> arguments; // in the order of declaration
  std::vector<const clang::FieldDecl*> fields;     // of each of them
};

/// Makes the bound spans too. A field that an actor cannot have is an error.
ActorArguments read_arguments(ModuleLowering& module, const clang::CXXRecordDecl* actor);

} // namespace ring::frontend
