// A place in the user's source. Line and column count from 1; 0 means "unknown".
#pragma once

#include <cstdint>

namespace ring::ir {

struct Loc {
  std::uint32_t file = 0; // index into Module::files
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  bool valid() const { return line != 0; }
  bool operator==(const Loc&) const = default;
};

} // namespace ring::ir
