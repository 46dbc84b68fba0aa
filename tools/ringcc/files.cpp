#include "tools/ringcc/files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace ring::ringcc {
namespace {

ir::Diagnostic file_error(const std::string& action, const std::string& path) {
  return ir::error(ir::DiagnosticId::file_error, {},
                   "cannot " + action + " '" + path + "': " + std::strerror(errno));
}

} // namespace

ir::Result<std::string> read_file(const std::string& path) {
  if (path == "-") {
    return std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  }
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure)) {
    errno = EISDIR;
    return file_error("read", path);
  }
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return file_error("read", path);
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (stream.bad()) return file_error("read", path);
  return text;
}

ir::Status write_file(const std::string& path, const std::string& content) {
  if (path.empty() || path == "-") {
    std::cout.write(content.data(), static_cast<std::streamsize>(content.size()));
    std::cout.flush();
    if (!std::cout) return file_error("write", "standard output");
    return ir::Success{};
  }
  std::error_code failure;
  if (std::filesystem::is_regular_file(path, failure)) {
    if (const auto old = read_file(path); old && *old == content) return ir::Success{};
  }
  // What is not a plain file (/dev/null, a pipe) is written to; a plain file is replaced whole.
  const bool in_place =
      std::filesystem::exists(path, failure) && !std::filesystem::is_regular_file(path, failure);
  const std::string temporary = in_place ? path : path + ".tmp";
  errno = 0;
  std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
  if (!stream) return file_error("write", path);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  if (!stream) {
    const ir::Diagnostic error = file_error("write", path);
    if (!in_place) std::filesystem::remove(temporary, failure);
    return error;
  }
  if (in_place) return ir::Success{};
  std::filesystem::rename(temporary, path, failure);
  if (failure) {
    errno = failure.value();
    const ir::Diagnostic error = file_error("write", path);
    std::filesystem::remove(temporary, failure);
    return error;
  }
  return ir::Success{};
}

namespace {

/// A path that means the same from every folder. Clang names headers like /lib/gcc/x/../../y, which
/// is right where /lib is a link, but build tools drop `name/..` without looking.
std::string plain_path(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code failure;
  const fs::path absolute = fs::absolute(path, failure);
  if (failure) return path;
  for (const fs::path& part : absolute) {
    if (part != "..") continue;
    const fs::path resolved = fs::canonical(absolute, failure);
    return failure ? path : resolved.string();
  }
  return absolute.lexically_normal().string();
}

} // namespace

std::string depfile_text(const std::string& target, const std::vector<std::string>& dependencies) {
  const auto escape = [](const std::string& path) {
    std::string escaped;
    for (char c : path) {
      if (c == ' ' || c == '#' || c == '\\') escaped += '\\';
      if (c == '$') escaped += '$';
      escaped += c;
    }
    return escaped;
  };
  std::string text = escape(target) + ":";
  for (const std::string& dependency : dependencies)
    text += " \\\n  " + escape(plain_path(dependency));
  return text + "\n";
}

} // namespace ring::ringcc
