#include "environment.h"

#include <cstdlib>
#include <string_view>
#include <vector>

namespace ring::exec {
namespace {

namespace fs = std::filesystem;

/// The first file in one of Vulkan's folders whose name begins so. Names end in the processor:
/// lvp_icd.x86_64.json.
std::optional<fs::path> find_icd(const char* variable, std::string_view prefix) {
  if (const char* given = std::getenv(variable)) return given;
  for (const char* folder :
       {"/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d",
        "/usr/lib/chromium", "/usr/lib/chromium-browser"}) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
      if (entry.path().filename().string().starts_with(prefix) &&
          entry.path().extension() == ".json")
        return entry.path();
  }
  return std::nullopt;
}

} // namespace

std::optional<fs::path> lavapipe_icd() { return find_icd("RINGCC_LAVAPIPE_ICD", "lvp_icd"); }
std::optional<fs::path> swiftshader_icd() {
  return find_icd("RINGCC_SWIFTSHADER_ICD", "vk_swiftshader_icd");
}

std::optional<fs::path> find_program(const std::string& name) {
  const char* const variable = std::getenv("PATH");
  std::string_view rest = variable ? variable : "";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const fs::path candidate = fs::path(rest.substr(0, end)) / name;
    std::error_code ignored;
    if (fs::is_regular_file(candidate, ignored)) return candidate;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

void use_software_vulkan() {
  std::string files;
  for (const auto& icd : {lavapipe_icd(), swiftshader_icd()}) {
    if (!icd) continue;
    if (!files.empty()) files += ':';
    files += icd->string();
  }
  ::setenv("VK_ICD_FILENAMES", files.c_str(), 1);
  ::unsetenv("VK_DRIVER_FILES"); // it would win over VK_ICD_FILENAMES
  provide_runtime_dir();
}

void provide_runtime_dir() {
  if (std::getenv("XDG_RUNTIME_DIR")) return;
  std::string pattern = (fs::temp_directory_path() / "ringcc-runtime-XXXXXX").string();
  if (::mkdtemp(pattern.data())) ::setenv("XDG_RUNTIME_DIR", pattern.c_str(), 1);
}

} // namespace ring::exec
