#include "ir/transform/clear_shared.h"

#include "ir/builder.h"
#include "ir/walk.h"

#include <set>

namespace ring::ir::transform {
namespace {

void find_shared(Function& function, std::set<const Global*>& shared) {
  for_each_expr(function.body, [&](Expr*& expr) {
    if (const auto* call = expr->as<Call>()) find_shared(*call->callee, shared);
    const auto* ref = expr->as<GlobalRef>();
    if (ref && ref->global->space == AddressSpace::workgroup) shared.insert(ref->global);
  });
}

void clear(Builder& builder, Expr* place) {
  const TypePtr type = place->type->pointee_or_self();
  const auto* array = type->as<ArrayType>();
  if (!array) return builder.store(place, builder.zero(type));
  if (array->count == 1) return clear(builder, builder.index(place, builder.u32(0)));
  Local* index = builder.var("index", builder.types().u32(), builder.u32(0));
  const auto current = [&] { return builder.load(builder.ref(index)); };
  Expr* count = builder.u32(static_cast<std::uint32_t>(array->count));
  Loop* loop = builder.loop(builder.binary(BinaryOp::lt, current(), count));
  Block* outer = builder.block();
  builder.set_block(&loop->body);
  clear(builder, builder.index(place, current()));
  builder.set_block(&loop->continuing);
  builder.store(builder.ref(index), builder.add(current(), builder.u32(1)));
  builder.set_block(outer);
}

} // namespace

Status clear_shared(Module& module, const ClearSharedConfig& config) {
  Builder builder(module);
  for (Function& function : module.functions) {
    if (!function.global()) continue;
    std::set<const Global*> shared;
    find_shared(function, shared);
    Block head;
    builder.set_block(&head);
    for (Global& global : module.globals) { // in this order: that of the set is by address
      if (!shared.contains(&global) || size_of(global.type) > config.largest) continue;
      builder.set_loc(global.loc);
      clear(builder, builder.ref(&global));
    }
    auto& statements = function.body.statements;
    statements.insert(statements.begin(), head.statements.begin(), head.statements.end());
  }
  return Success{};
}

} // namespace ring::ir::transform
