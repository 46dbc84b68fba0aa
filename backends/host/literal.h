// Text and numbers as C++ literals.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ring::backends::host {

/// With its quotation marks. Any byte may stand in the text.
std::string quoted(std::string_view text);

/// "0x0000002a"
std::string hexadecimal(std::uint32_t number);
/// "0x000000000000002a"
std::string hexadecimal(std::uint64_t number);

} // namespace ring::backends::host
