#include "ir/transform/actor_protocol.h"

#include <array>
#include <string>

namespace ring::ir::transform {
namespace {

struct Signature {
  std::string_view name;
  char result;             // v void, b bool, u u32, c ring::Context, r ring::protocol::Round
  std::string_view params; // a letter each
};

constexpr std::array kSignatures{
    Signature{"attach", 'b', "uuu"},    // crew, the hash's low and high word
    Signature{"begin_slice", 'b', "u"}, // self
    Signature{"next", 'c', "u"},        // self
    Signature{"event_of", 'u', "c"},
    Signature{"message_of", 'u', "c"},
    Signature{"finish", 'v', "cb"},         // the context, handled
    Signature{"end_slice", 'v', "u"},       // self
    Signature{"supervise", 'v', "uu"},      // self, budget
    Signature{"type_of", 'u', "u"},         // self
    Signature{"state_of", 'u', "u"},        // self
    Signature{"actor_at", 'u', "uu"},       // crew, slot
    Signature{"begin_rounds", 'r', "uuuu"}, // crew, lease, block, blocks
    Signature{"advance", 'r', "r"},
    Signature{"is_over", 'b', "r"},
    Signature{"actor_to_run", 'u', "r"},
};

/// For blocks of several lanes: group_ and one of those above, or what only they ask.
constexpr std::array kGroupSignatures{
    Signature{"leads", 'b', ""},
    Signature{"lane_context", 'c', "c"},
    Signature{"lane_finish", 'v', "cb"},
    Signature{"group_attach", 'b', "uuu"},
    Signature{"group_begin_slice", 'b', "u"},
    Signature{"group_next", 'c', "u"},
    Signature{"group_finish", 'v', "cb"},
    Signature{"group_end_slice", 'v', "u"},
    Signature{"group_supervise", 'v', "uu"},
    Signature{"group_actor_at", 'u', "uu"},
    Signature{"group_begin_rounds", 'r', "uuuu"},
    Signature{"group_advance", 'r', "r"},
    Signature{"group_is_over", 'b', "r"},
    Signature{"group_actor_to_run", 'u', "r"},
};

Diagnostic bug(const std::string& function, const std::string& what) {
  return error(DiagnosticId::internal_error, {},
               "internal error: expand-actors: the device library's 'ring::protocol::" + function +
                   "' " + what);
}

} // namespace

Result<ActorProtocol> ActorProtocol::link(Module& module, LibraryLinker& linker, bool for_groups) {
  ActorProtocol protocol;
  std::vector<Signature> signatures(kSignatures.begin(), kSignatures.end());
  if (for_groups)
    signatures.insert(signatures.end(), kGroupSignatures.begin(), kGroupSignatures.end());
  const TypePtr context = linker.structure("ring::Context");
  const TypePtr round = linker.structure("ring::protocol::Round");
  const auto is = [&](TypePtr type, char letter) {
    switch (letter) {
    case 'v':
      return type == module.types.void_type();
    case 'b':
      return type == module.types.boolean();
    case 'u':
      return type == module.types.u32();
    case 'r':
      return type == round;
    default:
      return type == context;
    }
  };
  for (const Signature& signature : signatures) {
    const std::string name(signature.name);
    Function* function = linker.function("ring::protocol::" + name);
    if (!function) return bug(name, "is missing");
    bool fits = is(function->result, signature.result) &&
                function->params.size() == signature.params.size();
    for (std::size_t i = 0; fits && i < signature.params.size(); ++i)
      fits = is(function->params[i]->type, signature.params[i]);
    if (!fits) return bug(name, "has another signature");
    protocol.functions_[name] = function;
  }
  return protocol;
}

Expr* ActorProtocol::call(Builder& builder, std::string_view name,
                          std::vector<Expr*> arguments) const {
  const auto group = functions_.find("group_" + std::string(name));
  Function* callee = group != functions_.end() ? group->second : functions_.at(std::string(name));
  return builder.call(callee, std::move(arguments));
}

} // namespace ring::ir::transform
