// Prints a module in the text form (.rir) that ir/README.md describes; parse() reads it back to an
// equal module. The output depends on nothing but the module.
#pragma once

#include "ir/module.h"

#include <string>

namespace ring::ir {

std::string print(const Module& module);

/// One function, with the names that it has in print(module). For messages and debugging.
std::string print(const Function& function);
/// One expression, its locals without the numbers that make names unique. For messages.
std::string print(const Expr& expr);
/// The text of a type: like to_string, but with names that need it in quotes.
std::string print(TypePtr type);

} // namespace ring::ir
