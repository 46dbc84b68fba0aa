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

std::vector<std::string> include_dirs(const std::string& program) {
  const std::string installed = first_that_has("ring/kernel.h", {prefix_of(program) / "include"});
  if (!installed.empty()) return {installed};
  const fs::path source = RINGCC_SOURCE_DIR;
  return {source / "intrinsics/include", source / "runtime/protocol/include",
          source / "runtime/abi/include"};
}

} // namespace ring::ringcc
