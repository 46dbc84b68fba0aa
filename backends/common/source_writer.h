// Collects generated source in one buffer and owns its indentation and its line directives.
//
//   SourceWriter out;
//   out.open("if (i < n) {");
//   out.line("y[i] = x[i];");
//   out.close("}");
//   std::string text = out.take();
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ring::backends {

class SourceWriter {
public:
  enum class LongLines : std::uint8_t { keep, wrap }; // after a comma, &&, ||, | or +

  explicit SourceWriter(LongLines long_lines = LongLines::keep) : long_lines_(long_lines) {}

  /// A line at the current indentation; an empty text gives an empty line without spaces.
  void line(std::string_view text);
  /// An empty line, unless the text so far is empty or ends in one.
  void blank();
  /// A line after which the indentation grows, and a line before which it shrinks.
  void open(std::string_view text);
  void close(std::string_view text);
  /// `head(item, item) {`, wrapped below the parenthesis where a line would become too long, after
  /// which the indentation grows.
  void open_list(std::string_view head, const std::vector<std::string>& items,
                 std::string_view tail);
  /// `} else {`: shrinks, writes, grows.
  void reopen(std::string_view text);
  /// Text of several lines at the margin, as it is; ends it with a newline if it has none.
  void verbatim(std::string_view text);

  /// Says that the next line comes from `line` of `file`, with `#line`, unless a compiler that
  /// counts lines from the last directive knows that already.
  void set_line(std::string_view file, std::uint32_t line);

  std::string take();

private:
  void newline();
  static std::size_t break_in(std::string_view text, std::size_t width);

  static constexpr unsigned kIndentWidth = 2;
  static constexpr std::size_t kLineWidth = 100;

  LongLines long_lines_;
  std::string text_;
  unsigned depth_ = 0;
  std::string directive_file_;  // empty until the first directive
  std::uint32_t next_line_ = 0; // what a compiler takes the next line for
};

} // namespace ring::backends
