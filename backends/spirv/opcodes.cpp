#include "backends/spirv/opcodes.h"

#include <spirv/unified1/GLSL.std.450.h>

#include <map>
#include <stdexcept>
#include <string>

namespace ring::backends::spirv {

spv::Op find_opcode(std::string_view name) {
  static const std::map<std::string_view, spv::Op> kOpcodes{
#define RING_OPCODE(name) {#name, spv::Op::name}
      RING_OPCODE(OpIsNan),
      RING_OPCODE(OpIsInf),
      RING_OPCODE(OpSMulExtended),
      RING_OPCODE(OpUMulExtended),
      RING_OPCODE(OpBitCount),
      RING_OPCODE(OpBitReverse),
      RING_OPCODE(OpControlBarrier),
      RING_OPCODE(OpMemoryBarrier),
      RING_OPCODE(OpAtomicLoad),
      RING_OPCODE(OpAtomicStore),
      RING_OPCODE(OpAtomicIAdd),
      RING_OPCODE(OpAtomicISub),
      RING_OPCODE(OpAtomicSMin),
      RING_OPCODE(OpAtomicUMin),
      RING_OPCODE(OpAtomicSMax),
      RING_OPCODE(OpAtomicUMax),
      RING_OPCODE(OpAtomicAnd),
      RING_OPCODE(OpAtomicOr),
      RING_OPCODE(OpAtomicXor),
      RING_OPCODE(OpAtomicIIncrement),
      RING_OPCODE(OpAtomicIDecrement),
      RING_OPCODE(OpAtomicExchange),
      RING_OPCODE(OpAtomicCompareExchange),
      RING_OPCODE(OpGroupNonUniformShuffle),
      RING_OPCODE(OpGroupNonUniformShuffleUp),
      RING_OPCODE(OpGroupNonUniformShuffleDown),
      RING_OPCODE(OpGroupNonUniformShuffleXor),
      RING_OPCODE(OpGroupNonUniformBallot),
      RING_OPCODE(OpGroupNonUniformAll),
      RING_OPCODE(OpGroupNonUniformAny),
      RING_OPCODE(OpGroupNonUniformElect),
      RING_OPCODE(OpGroupNonUniformIAdd),
      RING_OPCODE(OpGroupNonUniformFAdd),
      RING_OPCODE(OpGroupNonUniformSMin),
      RING_OPCODE(OpGroupNonUniformUMin),
      RING_OPCODE(OpGroupNonUniformFMin),
      RING_OPCODE(OpGroupNonUniformSMax),
      RING_OPCODE(OpGroupNonUniformUMax),
      RING_OPCODE(OpGroupNonUniformFMax),
      RING_OPCODE(OpGroupNonUniformBitwiseAnd),
      RING_OPCODE(OpGroupNonUniformBitwiseOr),
      RING_OPCODE(OpGroupNonUniformBitwiseXor),
#undef RING_OPCODE
  };
  const auto found = kOpcodes.find(name);
  if (found == kOpcodes.end())
    throw std::logic_error("spirv: unknown instruction " + std::string(name));
  return found->second;
}

std::uint32_t find_glsl_std_450(std::string_view name) {
  static const std::map<std::string_view, std::uint32_t> kInstructions{
#define RING_INSTRUCTION(name) {#name, GLSLstd450##name}
      RING_INSTRUCTION(RoundEven), RING_INSTRUCTION(Trunc),       RING_INSTRUCTION(FAbs),
      RING_INSTRUCTION(SAbs),      RING_INSTRUCTION(Floor),       RING_INSTRUCTION(Ceil),
      RING_INSTRUCTION(Sin),       RING_INSTRUCTION(Cos),         RING_INSTRUCTION(Tan),
      RING_INSTRUCTION(Asin),      RING_INSTRUCTION(Acos),        RING_INSTRUCTION(Atan),
      RING_INSTRUCTION(Sinh),      RING_INSTRUCTION(Cosh),        RING_INSTRUCTION(Tanh),
      RING_INSTRUCTION(Asinh),     RING_INSTRUCTION(Acosh),       RING_INSTRUCTION(Atanh),
      RING_INSTRUCTION(Atan2),     RING_INSTRUCTION(Pow),         RING_INSTRUCTION(Exp),
      RING_INSTRUCTION(Log),       RING_INSTRUCTION(Exp2),        RING_INSTRUCTION(Log2),
      RING_INSTRUCTION(Sqrt),      RING_INSTRUCTION(InverseSqrt), RING_INSTRUCTION(FMin),
      RING_INSTRUCTION(UMin),      RING_INSTRUCTION(SMin),        RING_INSTRUCTION(FMax),
      RING_INSTRUCTION(UMax),      RING_INSTRUCTION(SMax),        RING_INSTRUCTION(FClamp),
      RING_INSTRUCTION(UClamp),    RING_INSTRUCTION(SClamp),      RING_INSTRUCTION(Fma),
      RING_INSTRUCTION(Ldexp),     RING_INSTRUCTION(FindILsb),    RING_INSTRUCTION(FindSMsb),
      RING_INSTRUCTION(FindUMsb),  RING_INSTRUCTION(NMin),        RING_INSTRUCTION(NMax),
      RING_INSTRUCTION(NClamp),
#undef RING_INSTRUCTION
  };
  const auto found = kInstructions.find(name);
  if (found == kInstructions.end()) {
    throw std::logic_error("spirv: unknown GLSL.std.450 instruction " + std::string(name));
  }
  return found->second;
}

} // namespace ring::backends::spirv
