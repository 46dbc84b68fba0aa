// SPIRV-Tools, in process: every module that ringcc writes goes through its validator.
#pragma once

#include "backends/common/backend.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ring::backends::spirv {

/// The version word of the newest SPIR-V that a Vulkan environment takes.
std::uint32_t version_word(SpirvEnvironment environment);

/// What is wrong, or an empty string.
std::string validate(const std::vector<std::uint32_t>& words, SpirvEnvironment environment);

/// spirv-opt's performance passes. The result is valid, or the input is given back.
std::vector<std::uint32_t> optimize(const std::vector<std::uint32_t>& words,
                                    SpirvEnvironment environment);

/// The text that spirv-dis prints, with friendly names.
std::string disassemble(const std::vector<std::uint32_t>& words);

} // namespace ring::backends::spirv
