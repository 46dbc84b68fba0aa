// The functions of ring::protocol that the kernels of actors call, linked from the device library.
//
//   Result<ActorProtocol> protocol = ActorProtocol::link(module, linker);
//   builder.let("event", protocol->call(builder, "event_of", {builder.ref(taken)}));
#pragma once

#include "ir/builder.h"
#include "ir/result.h"
#include "ir/transform/link_library.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ring::ir::transform {

class ActorProtocol {
public:
  /// With `for_groups` those for blocks of several lanes as well, which take the place of the
  /// others. A function that the library lacks, or that has other parameters than its callers
  /// believe, is an internal error of ringcc.
  static Result<ActorProtocol> link(Module& module, LibraryLinker& linker, bool for_groups);

  /// Of a function in the list of actor_protocol.cpp.
  Expr* call(Builder& builder, std::string_view name, std::vector<Expr*> arguments) const;

private:
  std::map<std::string, Function*> functions_;
};

} // namespace ring::ir::transform
