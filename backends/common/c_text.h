// A piece of an expression and how tightly it binds.
#pragma once

#include "backends/common/precedence.h"

#include <string>

namespace ring::backends {

struct CText {
  std::string text;
  Precedence precedence = Precedence::primary;

  /// The text, in parentheses if it binds less tightly than `minimum`.
  std::string at(Precedence minimum) const {
    return precedence < minimum ? "(" + text + ")" : text;
  }
};

} // namespace ring::backends
