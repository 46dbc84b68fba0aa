#include "backends/wgsl/end_in_return.h"

#include "ir/builder.h"

namespace ring::backends::wgsl {
namespace {

using namespace ir;

/// The verifier has seen to it that nothing else goes on behind the last statement.
void end(Block& block, TypePtr result, Builder& builder) {
  if (block.empty()) return;
  Stmt& last = *block.statements.back();
  if (auto* branch = last.as<If>()) {
    end(branch->then_block, result, builder);
    end(branch->else_block, result, builder);
  } else if (auto* choice = last.as<Switch>()) {
    for (Switch::Case& one : choice->cases)
      end(one.body, result, builder);
  } else if (last.is<Loop>()) {
    builder.set_loc(last.loc);
    builder.set_block(&block);
    builder.return_(builder.zero(result));
  }
}

} // namespace

Status end_in_return(Module& module) {
  Builder builder(module);
  for (Function& function : module.functions)
    if (!function.result->is<VoidType>()) end(function.body, function.result, builder);
  return Success{};
}

} // namespace ring::backends::wgsl
