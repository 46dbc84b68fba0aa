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
  if (!text.empty()) {
    text_.append(depth_ * kIndentWidth, ' ');
    text_ += text;
  }
  newline();
}

void SourceWriter::blank() {
  if (text_.empty() || text_.ends_with("\n\n")) return;
  newline();
}

void SourceWriter::open(std::string_view text) {
  line(text);
  ++depth_;
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
