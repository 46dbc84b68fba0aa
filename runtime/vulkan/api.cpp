#include "vulkan/api.h"

#include "core/dynamic_library.h"

namespace ring::runtime::vulkan {
namespace {

/// Fills a table and remembers the first function that was not found.
template <class Lookup> struct TableLoader {
  Lookup lookup;
  const char* missing = nullptr;

  template <class Function> void operator()(Function& function, const char* name) {
    function = reinterpret_cast<Function>(lookup(name));
    if (!function && !missing) missing = name;
  }
  Status status() const {
    if (!missing) return Success{};
    return Error(ErrorCode::no_device, "the Vulkan driver has no " + std::string(missing) +
                                           "; it is older than Vulkan 1.2");
  }
};
template <class Lookup> TableLoader(Lookup) -> TableLoader<Lookup>;

} // namespace

Result<GlobalApi> GlobalApi::load() {
  Result<DynamicLibrary> library = DynamicLibrary::open({"libvulkan.so.1", "libvulkan.so"});
  if (!library)
    return Error(ErrorCode::no_device, std::string(library.error().what()) +
                                           "; install the Vulkan loader (Debian: libvulkan1)");
  library->keep_open();
  GlobalApi api{};
  if (!library->load(api.GetInstanceProcAddr, "vkGetInstanceProcAddr"))
    return Error(ErrorCode::no_device, "libvulkan.so.1 has no vkGetInstanceProcAddr");
  TableLoader load{[&](const char* name) { return api.GetInstanceProcAddr(nullptr, name); }};
  load(api.CreateInstance, "vkCreateInstance");
  load(api.EnumerateInstanceVersion, "vkEnumerateInstanceVersion");
  if (Status s = load.status(); !s) return s.error();
  return api;
}

Result<InstanceApi> InstanceApi::load(const GlobalApi& global, VkInstance instance) {
  InstanceApi api{};
  TableLoader load{[&](const char* name) { return global.GetInstanceProcAddr(instance, name); }};
  load(api.DestroyInstance, "vkDestroyInstance");
  load(api.EnumeratePhysicalDevices, "vkEnumeratePhysicalDevices");
  load(api.GetPhysicalDeviceProperties2, "vkGetPhysicalDeviceProperties2");
  load(api.GetPhysicalDeviceFeatures2, "vkGetPhysicalDeviceFeatures2");
  load(api.GetPhysicalDeviceMemoryProperties, "vkGetPhysicalDeviceMemoryProperties");
  load(api.GetPhysicalDeviceQueueFamilyProperties, "vkGetPhysicalDeviceQueueFamilyProperties");
  load(api.EnumerateDeviceExtensionProperties, "vkEnumerateDeviceExtensionProperties");
  load(api.CreateDevice, "vkCreateDevice");
  load(api.GetDeviceProcAddr, "vkGetDeviceProcAddr");
  if (Status s = load.status(); !s) return s.error();
  return api;
}

Result<DeviceApi> DeviceApi::load(const InstanceApi& instance, VkDevice device) {
  DeviceApi api{};
  TableLoader load{[&](const char* name) { return instance.GetDeviceProcAddr(device, name); }};
  load(api.DestroyDevice, "vkDestroyDevice");
  load(api.GetDeviceQueue, "vkGetDeviceQueue");
  load(api.CreateBuffer, "vkCreateBuffer");
  load(api.DestroyBuffer, "vkDestroyBuffer");
  load(api.GetBufferMemoryRequirements, "vkGetBufferMemoryRequirements");
  load(api.AllocateMemory, "vkAllocateMemory");
  load(api.FreeMemory, "vkFreeMemory");
  load(api.BindBufferMemory, "vkBindBufferMemory");
  load(api.MapMemory, "vkMapMemory");
  load(api.CreateShaderModule, "vkCreateShaderModule");
  load(api.DestroyShaderModule, "vkDestroyShaderModule");
  load(api.CreateDescriptorSetLayout, "vkCreateDescriptorSetLayout");
  load(api.DestroyDescriptorSetLayout, "vkDestroyDescriptorSetLayout");
  load(api.CreatePipelineLayout, "vkCreatePipelineLayout");
  load(api.DestroyPipelineLayout, "vkDestroyPipelineLayout");
  load(api.CreateComputePipelines, "vkCreateComputePipelines");
  load(api.DestroyPipeline, "vkDestroyPipeline");
  load(api.CreateDescriptorPool, "vkCreateDescriptorPool");
  load(api.DestroyDescriptorPool, "vkDestroyDescriptorPool");
  load(api.ResetDescriptorPool, "vkResetDescriptorPool");
  load(api.AllocateDescriptorSets, "vkAllocateDescriptorSets");
  load(api.UpdateDescriptorSets, "vkUpdateDescriptorSets");
  load(api.CreateCommandPool, "vkCreateCommandPool");
  load(api.DestroyCommandPool, "vkDestroyCommandPool");
  load(api.ResetCommandPool, "vkResetCommandPool");
  load(api.AllocateCommandBuffers, "vkAllocateCommandBuffers");
  load(api.BeginCommandBuffer, "vkBeginCommandBuffer");
  load(api.EndCommandBuffer, "vkEndCommandBuffer");
  load(api.CmdBindPipeline, "vkCmdBindPipeline");
  load(api.CmdBindDescriptorSets, "vkCmdBindDescriptorSets");
  load(api.CmdDispatch, "vkCmdDispatch");
  load(api.CmdPipelineBarrier, "vkCmdPipelineBarrier");
  load(api.CmdCopyBuffer, "vkCmdCopyBuffer");
  load(api.CmdFillBuffer, "vkCmdFillBuffer");
  load(api.QueueSubmit, "vkQueueSubmit");
  load(api.CreateFence, "vkCreateFence");
  load(api.DestroyFence, "vkDestroyFence");
  load(api.ResetFences, "vkResetFences");
  load(api.WaitForFences, "vkWaitForFences");
  if (Status s = load.status(); !s) return s.error();
  load(api.GetMemoryHostPointerPropertiesEXT, "vkGetMemoryHostPointerPropertiesEXT");
  return api;
}

std::string name_of(VkResult result) {
  switch (result) {
  case VK_SUCCESS:
    return "VK_SUCCESS";
  case VK_NOT_READY:
    return "VK_NOT_READY";
  case VK_TIMEOUT:
    return "VK_TIMEOUT";
  case VK_INCOMPLETE:
    return "VK_INCOMPLETE";
  case VK_ERROR_OUT_OF_HOST_MEMORY:
    return "VK_ERROR_OUT_OF_HOST_MEMORY";
  case VK_ERROR_OUT_OF_DEVICE_MEMORY:
    return "VK_ERROR_OUT_OF_DEVICE_MEMORY";
  case VK_ERROR_INITIALIZATION_FAILED:
    return "VK_ERROR_INITIALIZATION_FAILED";
  case VK_ERROR_DEVICE_LOST:
    return "VK_ERROR_DEVICE_LOST";
  case VK_ERROR_MEMORY_MAP_FAILED:
    return "VK_ERROR_MEMORY_MAP_FAILED";
  case VK_ERROR_LAYER_NOT_PRESENT:
    return "VK_ERROR_LAYER_NOT_PRESENT";
  case VK_ERROR_EXTENSION_NOT_PRESENT:
    return "VK_ERROR_EXTENSION_NOT_PRESENT";
  case VK_ERROR_FEATURE_NOT_PRESENT:
    return "VK_ERROR_FEATURE_NOT_PRESENT";
  case VK_ERROR_INCOMPATIBLE_DRIVER:
    return "VK_ERROR_INCOMPATIBLE_DRIVER";
  case VK_ERROR_TOO_MANY_OBJECTS:
    return "VK_ERROR_TOO_MANY_OBJECTS";
  case VK_ERROR_FRAGMENTED_POOL:
    return "VK_ERROR_FRAGMENTED_POOL";
  case VK_ERROR_UNKNOWN:
    return "VK_ERROR_UNKNOWN";
  case VK_ERROR_OUT_OF_POOL_MEMORY:
    return "VK_ERROR_OUT_OF_POOL_MEMORY";
  case VK_ERROR_INVALID_SHADER_NV:
    return "VK_ERROR_INVALID_SHADER_NV";
  default:
    return "VkResult " + std::to_string(static_cast<int>(result));
  }
}

Error error_of(VkResult result, const std::string& what, ErrorCode otherwise) {
  ErrorCode code = otherwise;
  switch (result) {
  case VK_ERROR_OUT_OF_HOST_MEMORY:
  case VK_ERROR_OUT_OF_DEVICE_MEMORY:
  case VK_ERROR_OUT_OF_POOL_MEMORY:
  case VK_ERROR_TOO_MANY_OBJECTS:
  case VK_ERROR_MEMORY_MAP_FAILED:
    code = ErrorCode::out_of_memory;
    break;
  case VK_ERROR_DEVICE_LOST:
    code = ErrorCode::device_lost;
    break;
  case VK_TIMEOUT:
    code = ErrorCode::timeout;
    break;
  default:
    break;
  }
  return Error(code, what + ": " + name_of(result));
}

} // namespace ring::runtime::vulkan
