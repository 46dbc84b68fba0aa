// Words that the output of the C family may not declare.
#pragma once

#include <string_view>
#include <vector>

namespace ring::backends {

/// The keywords of C++20, macros that any standard header may bring, and the names of our preludes.
const std::vector<std::string_view>& c_reserved_words();

/// Functions that the C library has at global scope, and that a function of ours must not overload.
bool is_c_library_name(std::string_view name);

} // namespace ring::backends
