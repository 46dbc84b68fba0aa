// SPIR-V capabilities against device features. The binary itself says what it needs (OpCapability
// stands first in it, SPIR-V specification §2.4), so nothing has to be told twice.
#include "vulkan/features.h"

#include <algorithm>

namespace ring::runtime::vulkan {
namespace {

constexpr std::uint32_t kMagic = 0x07230203;
constexpr std::size_t kHeaderWords = 5;
constexpr std::uint32_t kOpCapability = 17;
constexpr std::uint32_t kGroupNonUniform = 61;

using Check = bool (*)(const DeviceFeatures&);

template <VkSubgroupFeatureFlagBits kBit> bool subgroup(const DeviceFeatures& f) {
  return (f.subgroup_operations & kBit) != 0;
}
bool always(const DeviceFeatures&) { return true; }

/// Numbers of SPIR-V specification §3.31, and the Vulkan feature that allows each (Vulkan
/// specification, appendix "Vulkan Environment for SPIR-V").
struct Row {
  std::uint32_t capability;
  const char* name;
  Check supported;
};
constexpr Row kRows[] = {
    {0, "Matrix", always},
    {1, "Shader", always},
    {9, "Float16", [](const DeviceFeatures& f) { return f.float16; }},
    {10, "Float64", [](const DeviceFeatures& f) { return f.float64; }},
    {11, "Int64", [](const DeviceFeatures& f) { return f.int64; }},
    {12, "Int64Atomics", [](const DeviceFeatures& f) { return f.int64_atomics; }},
    {22, "Int16", [](const DeviceFeatures& f) { return f.int16; }},
    {39, "Int8", [](const DeviceFeatures& f) { return f.int8; }},
    {kGroupNonUniform, "GroupNonUniform", subgroup<VK_SUBGROUP_FEATURE_BASIC_BIT>},
    {62, "GroupNonUniformVote", subgroup<VK_SUBGROUP_FEATURE_VOTE_BIT>},
    {63, "GroupNonUniformArithmetic", subgroup<VK_SUBGROUP_FEATURE_ARITHMETIC_BIT>},
    {64, "GroupNonUniformBallot", subgroup<VK_SUBGROUP_FEATURE_BALLOT_BIT>},
    {65, "GroupNonUniformShuffle", subgroup<VK_SUBGROUP_FEATURE_SHUFFLE_BIT>},
    {66, "GroupNonUniformShuffleRelative", subgroup<VK_SUBGROUP_FEATURE_SHUFFLE_RELATIVE_BIT>},
    {67, "GroupNonUniformClustered", subgroup<VK_SUBGROUP_FEATURE_CLUSTERED_BIT>},
    {68, "GroupNonUniformQuad", subgroup<VK_SUBGROUP_FEATURE_QUAD_BIT>},
    {4433, "StorageBuffer16BitAccess", [](const DeviceFeatures& f) { return f.storage16; }},
    {4441, "VariablePointersStorageBuffer",
     [](const DeviceFeatures& f) { return f.variable_pointers; }},
    {4442, "VariablePointers", [](const DeviceFeatures& f) { return f.variable_pointers; }},
    {4448, "StorageBuffer8BitAccess", [](const DeviceFeatures& f) { return f.storage8; }},
    {4464, "DenormPreserve",
     [](const DeviceFeatures& f) { return f.float_controls.shaderDenormPreserveFloat32 != 0; }},
    {4465, "DenormFlushToZero",
     [](const DeviceFeatures& f) { return f.float_controls.shaderDenormFlushToZeroFloat32 != 0; }},
    {4466, "SignedZeroInfNanPreserve",
     [](const DeviceFeatures& f) {
       return f.float_controls.shaderSignedZeroInfNanPreserveFloat32 != 0;
     }},
    {4467, "RoundingModeRTE",
     [](const DeviceFeatures& f) { return f.float_controls.shaderRoundingModeRTEFloat32 != 0; }},
    {5345, "VulkanMemoryModel", [](const DeviceFeatures& f) { return f.memory_model; }},
    {5346, "VulkanMemoryModelDeviceScope",
     [](const DeviceFeatures& f) { return f.memory_model_device_scope; }},
    {5347, "PhysicalStorageBufferAddresses",
     [](const DeviceFeatures& f) { return f.buffer_device_address; }},
    {6033, "AtomicFloat32AddEXT", [](const DeviceFeatures& f) { return f.float32_atomic_add; }},
};

std::vector<std::uint32_t> capabilities_of(std::span<const std::uint32_t> spirv) {
  std::vector<std::uint32_t> capabilities;
  for (std::size_t at = kHeaderWords; at + 1 < spirv.size(); at += 2) {
    if ((spirv[at] & 0xffff) != kOpCapability) break;
    capabilities.push_back(spirv[at + 1]);
  }
  return capabilities;
}

std::string version_text(std::uint32_t version) {
  return std::to_string(version >> 16 & 0xff) + "." + std::to_string(version >> 8 & 0xff);
}

} // namespace

std::string missing_for(const DeviceFeatures& features, std::span<const std::uint32_t> spirv) {
  if (spirv.size() < kHeaderWords || spirv[0] != kMagic) return "a binary that is SPIR-V";
  const std::uint32_t newest = features.api_version >= VK_API_VERSION_1_3 ? 0x10600 : 0x10500;
  if (spirv[1] > newest)
    return "SPIR-V " + version_text(spirv[1]) + " (it takes up to " + version_text(newest) + ")";
  std::string missing;
  for (std::uint32_t capability : capabilities_of(spirv)) {
    const Row* row = std::ranges::find(kRows, capability, &Row::capability);
    if (row != std::end(kRows) && row->supported(features)) continue;
    const std::string name =
        row != std::end(kRows) ? row->name : "capability " + std::to_string(capability);
    missing += (missing.empty() ? "" : ", ") + name;
  }
  return missing;
}

bool uses_subgroups(std::span<const std::uint32_t> spirv) {
  return std::ranges::count(capabilities_of(spirv), kGroupNonUniform) != 0;
}

} // namespace ring::runtime::vulkan
