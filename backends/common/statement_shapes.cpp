#include "backends/common/statement_shapes.h"

#include "ir/analysis/properties.h"

namespace ring::backends {

using namespace ir;

bool is_jump(const Block& block) {
  return block.statements.size() == 1 && analysis::ends_in_jump(block);
}

void write_if_chain(SourceWriter& out, const If& first,
                    const std::function<std::string(const Expr&)>& condition,
                    const std::function<void(const Block&)>& block) {
  out.open("if (" + condition(*first.condition) + ") {");
  block(first.then_block);
  const Block* rest = &first.else_block;
  while (rest->statements.size() == 1 && rest->statements.front()->is<If>()) {
    const auto& next = *rest->statements.front()->as<If>();
    out.reopen("} else if (" + condition(*next.condition) + ") {");
    block(next.then_block);
    rest = &next.else_block;
  }
  if (!rest->empty()) {
    out.reopen("} else {");
    block(*rest);
  }
  out.close("}");
}

} // namespace ring::backends
