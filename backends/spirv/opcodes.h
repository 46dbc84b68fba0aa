// The instructions that the intrinsic table names, by name.
#pragma once

#include <spirv/unified1/spirv.hpp11>

#include <cstdint>
#include <string_view>

namespace ring::backends::spirv {

/// "OpBitCount"; throws std::logic_error for a name that is not listed in opcodes.cpp.
spv::Op find_opcode(std::string_view name);

/// An instruction of GLSL.std.450: "Sqrt".
std::uint32_t find_glsl_std_450(std::string_view name);

} // namespace ring::backends::spirv
