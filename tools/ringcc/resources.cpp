#include "tools/ringcc/resources.h"

#include <filesystem>
#include <vector>

namespace ring::ringcc {
namespace {

namespace fs = std::filesystem;

/// The folder above bin/.
fs::path prefix_of(const std::string& program) {
  std::error_code failure;
  fs::path self = fs::read_symlink("/proc/self/exe", failure);
  if (failure) self = fs::absolute(program, failure);
  return self.parent_path().parent_path();
}

std::string first_that_has(const std::string& file, const std::vector<fs::path>& folders) {
  std::error_code failure;
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / file, failure)) return folder.string();
  }
  return {};
}

} // namespace

std::string resource_dir(const std::string& program) {
  return first_that_has("include/stddef.h",
                        {prefix_of(program) / "lib/ringcc/clang", RINGCC_CLANG_RESOURCE_DIR});
}

std::string include_dir(const std::string& program) {
  return first_that_has("ring/kernel.h",
                        {prefix_of(program) / "include", RINGCC_SOURCE_INCLUDE_DIR});
}

} // namespace ring::ringcc
