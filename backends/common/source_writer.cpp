#include "backends/common/source_writer.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace ring::backends {

void SourceWriter::newline() {
  text_ += '\n';
  ++next_line_;
}

void SourceWriter::line(std::string_view text) {
  std::size_t indent = depth_ * kIndentWidth;
  while (long_lines_ == LongLines::wrap && indent + text.size() > kLineWidth) {
    const std::size_t end = break_in(text, kLineWidth - indent);
    if (end == text.npos) break;
    text_.append(indent, ' ');
    text_ += text.substr(0, end);
    newline();
    text.remove_prefix(end + 1);
    indent = (depth_ + 2) * kIndentWidth;
  }
  if (!text.empty()) {
    text_.append(indent, ' ');
    text_ += text;
  }
  newline();
}

/// The blank at which a line of code that is too long is broken: in the fewest parentheses, then as
/// far right as may be. npos where there is none, or where a line's end means something.
std::size_t SourceWriter::break_in(std::string_view text, std::size_t width) {
  if (text.find('"') != text.npos || text.find("//") != text.npos) return text.npos;
  std::size_t best = text.npos;
  int best_depth = 0;
  int depth = 0;
  for (std::size_t i = 0; i < std::min(width, text.size()); ++i) {
    const char c = text[i];
    depth += (c == '(' || c == '{' || c == '[') - (c == ')' || c == '}' || c == ']');
    const std::string_view before = text.substr(0, i);
    const bool may_break =
        c == ' ' && (before.ends_with(',') || before.ends_with(" &&") || before.ends_with(" ||") ||
                     before.ends_with(" |") || before.ends_with(" +"));
    if (!may_break || (best != text.npos && depth > best_depth)) continue;
    best = i;
    best_depth = depth;
  }
  return best;
}

void SourceWriter::blank() {
  if (text_.empty() || text_.ends_with("\n\n")) return;
  newline();
}

void SourceWriter::open(std::string_view text) {
  line(text);
  ++depth_;
}

void SourceWriter::open_list(std::string_view head, const std::vector<std::string>& items,
                             std::string_view tail) {
  std::string text(head);
  text += '(';
  const std::string indent(text.size(), ' ');
  bool first_of_line = true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string item = items[i] + (i + 1 == items.size() ? std::string(tail) : ",");
    const std::size_t width = depth_ * kIndentWidth + text.size() + 1 + item.size();
    if (!first_of_line && width > kLineWidth) {
      line(text);
      text = indent;
      first_of_line = true;
    }
    text += (first_of_line ? "" : " ") + item;
    first_of_line = false;
  }
  open(items.empty() ? text + std::string(tail) : text);
}

void SourceWriter::close(std::string_view text) {
  assert(depth_ > 0 && "close without open");
  --depth_;
  line(text);
}

void SourceWriter::reopen(std::string_view text) {
  close(text);
  ++depth_;
}

void SourceWriter::verbatim(std::string_view text) {
  text_ += text;
  next_line_ += static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
  if (!text.ends_with('\n')) newline();
}

void SourceWriter::set_line(std::string_view file, std::uint32_t line) {
  if (file == directive_file_ && line == next_line_) return;
  text_ += "#line " + std::to_string(line);
  if (file != directive_file_) {
    text_ += " \"";
    for (char c : file) {
      if (c == '"' || c == '\\') text_ += '\\';
      text_ += c;
    }
    text_ += '"';
    directive_file_ = file;
  }
  text_ += '\n';
  next_line_ = line;
}

std::string SourceWriter::take() {
  assert(depth_ == 0 && "open without close");
  return std::exchange(text_, {});
}

} // namespace ring::backends
