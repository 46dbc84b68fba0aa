// All passes by name, for --list-passes; which of them a target runs, and in what order, is in its
// legalize.cpp.
#pragma once

#include <string_view>
#include <vector>

namespace ring::ir::transform {

struct PassInfo {
  std::string_view name;
  std::string_view description; // one line
};

const std::vector<PassInfo>& registry();

} // namespace ring::ir::transform
