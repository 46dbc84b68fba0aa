// Bytes as text in JSON (RFC 4648, with padding).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ring::exec {

std::string to_base64(std::span<const std::byte> bytes);
/// Nothing if the text is not base64.
std::optional<std::vector<std::byte>> from_base64(std::string_view text);

} // namespace ring::exec
