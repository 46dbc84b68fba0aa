// Where this machine keeps what executors need. Each place can be named by an environment variable
// instead.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace ring::exec {

/// The ICD file of Mesa's lavapipe; RINGCC_LAVAPIPE_ICD.
std::optional<std::filesystem::path> lavapipe_icd();
/// The ICD file of SwiftShader, which Debian ships in chromium; RINGCC_SWIFTSHADER_ICD.
std::optional<std::filesystem::path> swiftshader_icd();
/// A program on the PATH.
std::optional<std::filesystem::path> find_program(const std::string& name);

/// Makes the Vulkan loader of this process see lavapipe and SwiftShader, and nothing else. Call it
/// before the first Vulkan runtime is created.
void use_software_vulkan();
/// Mesa wants XDG_RUNTIME_DIR; where it is not set it becomes a fresh private folder.
void provide_runtime_dir();

} // namespace ring::exec
