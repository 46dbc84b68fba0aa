// Words that no output of the C family may declare.
#pragma once

#include <string_view>
#include <vector>

namespace ring::backends {

/// The keywords of C++20, the macros and functions that any standard header may bring, and the
/// names of our preludes.
const std::vector<std::string_view>& c_reserved_words();

} // namespace ring::backends
