#include "vulkan/features.h"

#include <cstring>

namespace ring::runtime::vulkan {

FeatureChain::FeatureChain(std::uint32_t api_version, bool has_atomic_float) {
  head.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2;
  v11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES;
  v12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES;
  v13.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES;
  atomic_float.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SHADER_ATOMIC_FLOAT_FEATURES_EXT;
  head.pNext = &v11;
  v11.pNext = &v12;
  void** end = &v12.pNext;
  if (api_version >= VK_API_VERSION_1_3) {
    *end = &v13;
    end = &v13.pNext;
  }
  if (has_atomic_float) *end = &atomic_float;
}

bool has_extension(const InstanceApi& api, VkPhysicalDevice device, const char* name) {
  std::uint32_t count = 0;
  api.EnumerateDeviceExtensionProperties(device, nullptr, &count, nullptr);
  std::vector<VkExtensionProperties> extensions(count);
  api.EnumerateDeviceExtensionProperties(device, nullptr, &count, extensions.data());
  for (const VkExtensionProperties& extension : extensions)
    if (std::strcmp(extension.extensionName, name) == 0) return true;
  return false;
}

DeviceFeatures query_features(const InstanceApi& api, VkPhysicalDevice device) {
  VkPhysicalDeviceProperties2 properties{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, {}, {}};
  VkPhysicalDeviceVulkan11Properties v11{};
  v11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_PROPERTIES;
  VkPhysicalDeviceVulkan12Properties v12{};
  v12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_PROPERTIES;
  VkPhysicalDeviceVulkan13Properties v13{};
  v13.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_PROPERTIES;
  // The version decides which structs the driver knows, so it is asked for first.
  api.GetPhysicalDeviceProperties2(device, &properties);
  DeviceFeatures f;
  f.api_version = properties.properties.apiVersion;
  if (f.api_version < VK_API_VERSION_1_2) return f;
  const bool is_1_3 = f.api_version >= VK_API_VERSION_1_3;
  properties.pNext = &v11;
  v11.pNext = &v12;
  if (is_1_3) v12.pNext = &v13;
  api.GetPhysicalDeviceProperties2(device, &properties);

  const bool atomic_float = has_extension(api, device, VK_EXT_SHADER_ATOMIC_FLOAT_EXTENSION_NAME);
  FeatureChain chain(f.api_version, atomic_float);
  api.GetPhysicalDeviceFeatures2(device, &chain.head);
  const VkPhysicalDeviceFeatures& base = chain.head.features;

  f.int8 = chain.v12.shaderInt8;
  f.int16 = base.shaderInt16;
  f.int64 = base.shaderInt64;
  f.float16 = chain.v12.shaderFloat16;
  f.float64 = base.shaderFloat64;
  f.storage8 = chain.v12.storageBuffer8BitAccess;
  f.storage16 = chain.v11.storageBuffer16BitAccess;
  f.int64_atomics = chain.v12.shaderBufferInt64Atomics;
  f.shared_int64_atomics = chain.v12.shaderSharedInt64Atomics;
  f.float32_atomic_add = chain.atomic_float.shaderBufferFloat32AtomicAdd &&
                         chain.atomic_float.shaderSharedFloat32AtomicAdd;
  f.scalar_layout = chain.v12.scalarBlockLayout;
  f.memory_model = chain.v12.vulkanMemoryModel;
  f.memory_model_device_scope = chain.v12.vulkanMemoryModelDeviceScope;
  f.variable_pointers = chain.v11.variablePointers;
  f.buffer_device_address = chain.v12.bufferDeviceAddress;
  f.subgroup_size_control = is_1_3 && chain.v13.subgroupSizeControl;
  f.full_subgroups = is_1_3 && chain.v13.computeFullSubgroups;
  f.sized_subgroups =
      f.subgroup_size_control && (v13.requiredSubgroupSizeStages & VK_SHADER_STAGE_COMPUTE_BIT) &&
      v13.minSubgroupSize <= v11.subgroupSize && v11.subgroupSize <= v13.maxSubgroupSize;
  f.subgroup_size = v11.subgroupSize;
  f.max_workgroup_subgroups = v13.maxComputeWorkgroupSubgroups;
  if (v11.subgroupSupportedStages & VK_SHADER_STAGE_COMPUTE_BIT)
    f.subgroup_operations = v11.subgroupSupportedOperations;
  // gallivm, "LP_MAX_TGSI_LOOP_ITERATIONS": one count for all loops of an invocation, and what
  // loops on is left without a word. Loops in branches that are not taken count as well, a turn
  // each.
  if (v12.driverID == VK_DRIVER_ID_MESA_LLVMPIPE) f.max_loop_turns = 65535;
  // Its scheduler, marl, may give a task to a thread that is busy, and others take it over only
  // while they are awake.
  f.waits_for_kernels = v12.driverID == VK_DRIVER_ID_GOOGLE_SWIFTSHADER;
  f.float_controls = v12;
  f.float_controls.pNext = nullptr;
  return f;
}

void enable(const DeviceFeatures& f, FeatureChain& chain) {
  VkPhysicalDeviceFeatures& base = chain.head.features;
  base.shaderInt16 = f.int16;
  base.shaderInt64 = f.int64;
  base.shaderFloat64 = f.float64;
  chain.v11.storageBuffer16BitAccess = f.storage16;
  chain.v11.variablePointers = f.variable_pointers;
  chain.v11.variablePointersStorageBuffer = f.variable_pointers;
  chain.v12.shaderInt8 = f.int8;
  chain.v12.shaderFloat16 = f.float16;
  chain.v12.storageBuffer8BitAccess = f.storage8;
  chain.v12.shaderBufferInt64Atomics = f.int64_atomics;
  chain.v12.shaderSharedInt64Atomics = f.shared_int64_atomics;
  chain.v12.scalarBlockLayout = f.scalar_layout;
  chain.v12.vulkanMemoryModel = f.memory_model;
  chain.v12.vulkanMemoryModelDeviceScope = f.memory_model_device_scope;
  chain.v12.bufferDeviceAddress = f.buffer_device_address;
  chain.v13.subgroupSizeControl = f.subgroup_size_control;
  chain.v13.computeFullSubgroups = f.full_subgroups;
  chain.atomic_float.shaderBufferFloat32AtomicAdd = f.float32_atomic_add;
  chain.atomic_float.shaderSharedFloat32AtomicAdd = f.float32_atomic_add;
}

} // namespace ring::runtime::vulkan
