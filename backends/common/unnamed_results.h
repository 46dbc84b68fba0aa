// Effects stand in statements of their own, so the front end names the result of each call that has
// any: `let %f_result = @f()`. A person names it only if that says something, so a printer writes
// the call where the result is used, if that is once, in the next statement, and with nothing
// beside it that the call could change.
//
//   let %peek_result: u32 = @peek(%at)
//   return %peek_result != 0              becomes   return peek(at) != 0;
#pragma once

#include "ir/module.h"

#include <unordered_map>

namespace ring::backends {

/// The calls by the lets that are not to be printed.
std::unordered_map<const ir::Local*, const ir::Expr*> unnamed_results(const ir::Module& module);

} // namespace ring::backends
