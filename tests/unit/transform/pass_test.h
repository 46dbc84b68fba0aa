// What every pass test does: a module in text form goes through a pass and must come out as
// another.
#pragma once

#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/result.h"
#include "ir/verifier.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>

namespace ring::ir::transform {

inline std::string messages(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    text += std::to_string(diagnostic.loc.line) + ":" + std::to_string(diagnostic.loc.column) +
            ": " + diagnostic.message + " [" + code_of(diagnostic.id) + "]\n";
  }
  return text;
}

/// The text of a module that parses, in the printer's own layout.
inline std::string canonical(std::string_view text) {
  const Result<Module> module = parse(text, "test.rir");
  if (!module) return "does not parse: " + messages(module.diagnostics()) + std::string(text);
  return print(*module);
}

/// The text of the module after the pass, or its diagnostics. What the pass made is verified.
inline std::string run_pass(std::string_view text, const std::function<Status(Module&)>& pass) {
  Result<Module> module = parse(text, "test.rir");
  if (!module) return "does not parse: " + messages(module.diagnostics());
  const Status status = pass(*module);
  if (!status) return messages(status.diagnostics());
  const Result<VerifiedModule> verified = verify(*module, all_capabilities());
  if (!verified) return "not valid: " + messages(verified.diagnostics()) + print(*module);
  return print(*module);
}

/// What comes out is `after`, and it parses again.
inline void expect_pass(std::string_view before, std::string_view after,
                        const std::function<Status(Module&)>& pass) {
  const std::string result = run_pass(before, pass);
  EXPECT_EQ(result, canonical(after));
  EXPECT_EQ(canonical(result), result);
}

} // namespace ring::ir::transform
