// The words that a WGSL module may not declare, as data: keywords, words reserved by the
// specification (WGSL, section 15.2), predeclared types, and the built-in functions that the
// printer calls and therefore must not be hidden.
#pragma once

#include <span>
#include <string_view>

namespace ring::backends::wgsl {

std::span<const std::string_view> reserved_words();

} // namespace ring::backends::wgsl
