// What a Vulkan device can do, as far as kernels ask for it: which of the wanted features it has
// (those are enabled, no others), and whether it can take a SPIR-V module.
#pragma once

#include "vulkan/api.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ring::runtime::vulkan {

/// Feature structs, chained for a query or for vkCreateDevice. Not copied: `head` points into it.
struct FeatureChain {
  VkPhysicalDeviceFeatures2 head{};
  VkPhysicalDeviceVulkan11Features v11{};
  VkPhysicalDeviceVulkan12Features v12{};
  VkPhysicalDeviceVulkan13Features v13{};
  VkPhysicalDeviceShaderAtomicFloatFeaturesEXT atomic_float{};

  FeatureChain(std::uint32_t api_version, bool has_atomic_float);
  FeatureChain(const FeatureChain&) = delete;
  FeatureChain& operator=(const FeatureChain&) = delete;
};

/// Plain answers, taken from the chain and from the properties.
struct DeviceFeatures {
  std::uint32_t api_version = 0;
  bool int8 = false, int16 = false, int64 = false, float16 = false, float64 = false;
  bool storage8 = false, storage16 = false;
  bool int64_atomics = false; // in buffers
  bool shared_int64_atomics = false;
  bool float32_atomic_add = false;
  bool scalar_layout = false;
  bool memory_model = false, memory_model_device_scope = false;
  bool variable_pointers = false, buffer_device_address = false;
  bool subgroup_size_control = false, full_subgroups = false;
  bool sized_subgroups = false; // compute may ask for a subgroup size
  std::uint32_t subgroup_size = 1;
  /// Loops of a kernel end after so many turns, all of them together; 0: they do not.
  std::uint32_t max_loop_turns = 0;
  /// What is launched may have to wait until a kernel that runs has ended, even if a processor
  /// idles.
  bool waits_for_kernels = false;
  std::uint32_t max_workgroup_subgroups = 0; // where sized_subgroups
  VkSubgroupFeatureFlags subgroup_operations = 0;
  VkPhysicalDeviceVulkan12Properties float_controls{};
};

DeviceFeatures query_features(const InstanceApi& api, VkPhysicalDevice device);
bool has_extension(const InstanceApi& api, VkPhysicalDevice device, const char* name);
/// Sets in `chain`, which is all zero, what `features` has and kernels may use.
void enable(const DeviceFeatures& features, FeatureChain& chain);

/// Why the device cannot take a module: its version and each capability that the device lacks,
/// ready for a message. Empty when it can. (Vulkan forbids to create even a module with such a
/// capability.)
std::string missing_for(const DeviceFeatures& features, std::span<const std::uint32_t> spirv);
/// Whether the module declares GroupNonUniform.
bool uses_subgroups(std::span<const std::uint32_t> spirv);

} // namespace ring::runtime::vulkan
