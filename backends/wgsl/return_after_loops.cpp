#include "backends/wgsl/return_after_loops.h"

#include "ir/builder.h"
#include "ir/walk.h"

namespace ring::backends::wgsl {

using namespace ir;

namespace {

void end_with_return(Block& block, TypePtr result, Builder& builder) {
  if (block.empty()) return;
  Stmt& last = *block.statements.back();
  if (last.is<Loop>()) {
    builder.set_loc(last.loc);
    builder.set_block(&block);
    builder.return_(builder.zero(result));
  } else if (last.is<If>() || last.is<Switch>()) {
    for_each_block(last, [&](Block& inner) { end_with_return(inner, result, builder); });
  }
}

} // namespace

Status return_after_loops(Module& module) {
  Builder builder(module);
  for (Function& function : module.functions) {
    if (!function.result->is<VoidType>()) end_with_return(function.body, function.result, builder);
  }
  return Success{};
}

} // namespace ring::backends::wgsl
