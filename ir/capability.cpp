#include "ir/capability.h"

#include <algorithm>
#include <array>

namespace ring::ir {
namespace {

constexpr std::array<std::string_view, kCapabilityCount> kNames{
    "int8",          "int16",         "int64",     "float16",  "bfloat16",   "float64",
    "int64_atomics", "float_atomics", "subgroups", "pointers", "byte_layout"};

} // namespace

std::string_view name_of(Capability capability) {
  return kNames[static_cast<std::size_t>(capability)];
}

std::optional<Capability> find_capability(std::string_view name) {
  const auto* found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Capability>(found - kNames.begin());
}

} // namespace ring::ir
