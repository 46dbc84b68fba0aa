// Names for what a pass adds beside what is there.
#pragma once

#include <algorithm>
#include <string>

namespace ring::ir {

/// `wanted`, or `wanted` with the first number that makes it unique in a list of things with names.
template <class List> std::string unique_name(const List& list, const std::string& wanted) {
  const auto taken = [&](const std::string& name) {
    return std::any_of(list.begin(), list.end(),
                       [&](const auto& element) { return element.name == name; });
  };
  std::string name = wanted;
  for (unsigned suffix = 1; taken(name); ++suffix)
    name = wanted + "_" + std::to_string(suffix);
  return name;
}

} // namespace ring::ir
