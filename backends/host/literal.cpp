#include "backends/host/literal.h"

#include <cstdio>

namespace ring::backends::host {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (byte < 0x20 || byte >= 0x7f) {
      char escape[5]; // octal ones end after three digits, unlike hexadecimal ones
      std::snprintf(escape, sizeof escape, "\\%03o", byte);
      result += escape;
    } else if (c == '?' && result.back() == '?') {
      result += "\\?"; // no trigraphs
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string hexadecimal(std::uint32_t number) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%08x", static_cast<unsigned>(number));
  return text;
}

std::string hexadecimal(std::uint64_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%016llx", static_cast<unsigned long long>(number));
  return text;
}

} // namespace ring::backends::host
