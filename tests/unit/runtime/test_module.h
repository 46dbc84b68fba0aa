// Modules made by hand, as ringcc would make them: CPU entries in C++, SPIR-V assembled from
// spirv/*.spvasm.
#pragma once

#include <ring/runtime.h>

#include <cstdint>

namespace ring::test {

struct Pair { // 3 bytes of padding, so that a copy of the wrong size shows
  std::uint8_t small;
  std::uint32_t big;
};

/// CPU only.
namespace host_module {
extern const ModuleImage module;
extern const Kernel<span<const float>, span<float>, float> saxpy;          // block 64
extern const Kernel<span<std::uint32_t>> ids;                              // block 2 × 3 × 2
extern const Kernel<span<std::uint32_t>, Pair, std::int16_t, bool> values; // block 1
extern const Kernel<> throwing;
extern const Kernel<> slow;                              // a millisecond a block
extern const Kernel<> missing;                           // has no CPU code
extern const Kernel<span<const std::uint32_t>> trapping; // traps at line 42 in block 3
} // namespace host_module

/// SPIR-V only. The image is made at the first use, since its words come from files.
struct SpirvModule {
  SpirvModule();
  ModuleImage module;
  KernelImage kernels[5];
  Kernel<span<const float>, span<float>, float> saxpy;
  Kernel<span<std::uint32_t>> profile;
  Kernel<span<std::uint32_t>, std::uint32_t> spin;
  Kernel<span<std::uint32_t>> trapper;
  Kernel<span<std::uint32_t>> full_only; // entry point `profile` of the full module
};
const SpirvModule& spirv_module();

} // namespace ring::test
