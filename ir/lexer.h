// Cuts the text form (.rir) into tokens. Newlines are not tokens, but each token knows whether it
// is the first of its line, because a statement ends with its line. `//` begins a comment.
#pragma once

#include "ir/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ring::ir {

struct Token {
  enum class Kind : std::uint8_t {
    end,
    identifier, // let, f32, Point
    string,     // "a \"quoted\" name"
    local,      // %name, %name.2, %"any name"
    symbol,     // @name, @name.2, @"any name"
    number,     // 12, 12u8, 0x1f, 1.5, 1e9f64
    location,   // !line, !line:column, !file:line:column
    punctuation,
  };

  Kind kind = Kind::end;
  bool starts_line = false;
  std::uint32_t line = 0; // of the .rir text, from 1
  std::uint32_t column = 0;
  std::string_view text; // as it stands in the source
  std::string name;      // of a string, local or symbol: without sigil, quotes, escapes and suffix
  std::uint32_t suffix = 0; // of a local or symbol: the number that makes it unique, 0 for none

  bool is(Kind k) const { return kind == k; }
  bool is(std::string_view spelled) const {
    return (kind == Kind::punctuation || kind == Kind::identifier) && text == spelled;
  }
};

/// The tokens of `text`, the last one an `end`. They refer to `text`.
Result<std::vector<Token>> lex(std::string_view text);

bool is_identifier_start(char c); // bytes above 0x7f count: C++ allows them in names
bool is_identifier(std::string_view text);
/// `text` in double quotes with escapes; what lex() reads back.
std::string quoted(std::string_view text);

} // namespace ring::ir
