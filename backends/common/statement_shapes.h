// What the printers of text ask about statements, so that their output reads as a person's would:
// jumps on one line, `else if`.
#pragma once

#include "backends/common/source_writer.h"
#include "ir/stmt.h"

#include <functional>
#include <string>

namespace ring::backends {

/// Whether there is nothing but a break, continue or return.
bool is_jump(const ir::Block& block);

/// `if (…) { … } else if (…) { … } else { … }`: the same text in the C family and in WGSL.
void write_if_chain(SourceWriter& out, const ir::If& first,
                    const std::function<std::string(const ir::Expr&)>& condition,
                    const std::function<void(const ir::Block&)>& block);

} // namespace ring::backends
