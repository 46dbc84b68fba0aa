#include "ir/lexer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace ring::ir {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_identifier_part(char c) { return is_identifier_start(c) || is_digit(c); }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr std::array<std::string_view, 9> kTwoCharacterTokens{
    "->", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||"};
constexpr std::string_view kOneCharacterTokens = "(){}[]<>,:=+-*/%&|^~!?.@#";

class Lexer {
public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> run() {
    while (skip_blanks(), position_ < text_.size()) {
      Token token = begin_token();
      if (!lex_token(token)) {
        return error(DiagnosticId::syntax_error_in_ir, Loc{0, token.line, token.column}, problem_);
      }
      token.text = text_.substr(begin_, position_ - begin_);
      tokens_.push_back(std::move(token));
    }
    tokens_.push_back(begin_token());
    return std::move(tokens_);
  }

private:
  char peek(std::size_t ahead = 0) const {
    return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
  }

  void skip_blanks() {
    while (position_ < text_.size()) {
      const char c = peek();
      if (c == '\n') {
        ++position_;
        ++line_;
        line_begin_ = position_;
        at_line_start_ = true;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        ++position_;
      } else if (c == '/' && peek(1) == '/') {
        while (position_ < text_.size() && peek() != '\n')
          ++position_;
      } else {
        return;
      }
    }
  }

  Token begin_token() {
    begin_ = position_;
    Token token;
    token.starts_line = at_line_start_;
    token.line = line_;
    token.column = static_cast<std::uint32_t>(position_ - line_begin_ + 1);
    at_line_start_ = false;
    return token;
  }

  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  bool lex_token(Token& token) {
    const char c = peek();
    const char next = peek(1);
    if (is_identifier_start(c)) {
      token.kind = Token::Kind::identifier;
      skip_identifier();
      return true;
    }
    if (is_digit(c)) {
      token.kind = Token::Kind::number;
      skip_number();
      return true;
    }
    if (c == '"') {
      token.kind = Token::Kind::string;
      return lex_string(token.name);
    }
    if ((c == '%' || c == '@') && (is_identifier_start(next) || next == '"')) {
      token.kind = c == '%' ? Token::Kind::local : Token::Kind::symbol;
      return lex_sigil(token);
    }
    if (c == '!' && is_digit(next)) {
      token.kind = Token::Kind::location;
      ++position_;
      while (is_digit(peek()) || (peek() == ':' && is_digit(peek(1))))
        ++position_;
      return true;
    }
    token.kind = Token::Kind::punctuation;
    if (std::find(kTwoCharacterTokens.begin(), kTwoCharacterTokens.end(),
                  text_.substr(position_, 2)) != kTwoCharacterTokens.end()) {
      position_ += 2;
      return true;
    }
    if (c != '\0' && kOneCharacterTokens.find(c) != std::string_view::npos) {
      ++position_;
      return true;
    }
    return fail("a character that the text form does not know");
  }

  void skip_identifier() {
    while (position_ < text_.size() && is_identifier_part(peek()))
      ++position_;
  }

  /// Digits, letters, points and the signs of exponents; the parser looks closer.
  void skip_number() {
    const bool hexadecimal = peek() == '0' && (peek(1) == 'x' || peek(1) == 'X');
    while (position_ < text_.size()) {
      const char c = peek();
      const bool exponent = hexadecimal ? c == 'p' || c == 'P' : c == 'e' || c == 'E';
      if (exponent && (peek(1) == '+' || peek(1) == '-')) {
        position_ += 2;
      } else if (is_identifier_part(c) || (c == '.' && hex_value(peek(1)) >= 0)) {
        ++position_;
      } else {
        return;
      }
    }
  }

  bool lex_sigil(Token& token) {
    ++position_;
    if (peek() == '"') {
      if (!lex_string(token.name)) return false;
    } else {
      const std::size_t begin = position_;
      skip_identifier();
      token.name = text_.substr(begin, position_ - begin);
    }
    if (peek() != '.' || !is_digit(peek(1))) return true;
    const char* first = text_.data() + position_ + 1;
    const auto [last, status] = std::from_chars(first, text_.data() + text_.size(), token.suffix);
    if (status != std::errc() || token.suffix == 0)
      return fail("the number of a name is from 1 on");
    position_ = static_cast<std::size_t>(last - text_.data());
    return true;
  }

  bool lex_string(std::string& value) {
    ++position_;
    while (peek() != '"') {
      if (position_ >= text_.size() || peek() == '\n') return fail("a string without its end");
      if (peek() != '\\') {
        value += text_[position_++];
        continue;
      }
      const char escape = peek(1);
      position_ += 2;
      if (escape == 'n') {
        value += '\n';
      } else if (escape == '"' || escape == '\\') {
        value += escape;
      } else if (escape == 'x' && hex_value(peek()) >= 0 && hex_value(peek(1)) >= 0) {
        value += static_cast<char>(hex_value(peek()) * 16 + hex_value(peek(1)));
        position_ += 2;
      } else {
        return fail("an escape other than \\\" \\\\ \\n \\xHH");
      }
    }
    ++position_;
    return true;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t begin_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
  bool at_line_start_ = true;
  std::string problem_;
  std::vector<Token> tokens_;
};

} // namespace

bool is_identifier_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_identifier(std::string_view text) {
  return !text.empty() && is_identifier_start(text.front()) &&
         std::all_of(text.begin(), text.end(), is_identifier_part);
}

std::string quoted(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string result = "\"";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      result += "\\x";
      result += kDigits[byte >> 4];
      result += kDigits[byte & 15];
    } else {
      result += c;
    }
  }
  return result + "\"";
}

Result<std::vector<Token>> lex(std::string_view text) { return Lexer(text).run(); }

} // namespace ring::ir
