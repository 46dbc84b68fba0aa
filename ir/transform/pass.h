// A pass changes a module in place. Each pass is one free function with its own config struct in a
// header of its own; a Pass wraps it under the name that --passes, --print-after and the time
// report use.
#pragma once

#include "ir/capability.h"
#include "ir/module.h"
#include "ir/result.h"

#include <functional>
#include <string>

namespace ring::ir::transform {

struct Pass {
  std::string name; // "inline-references"
  std::function<Status(Module&)> run;
};

} // namespace ring::ir::transform
