#include "vulkan/context.h"

#include <algorithm>
#include <array>
#include <optional>

namespace ring::runtime::vulkan {
namespace {

DeviceKind kind_of(VkPhysicalDeviceType type) {
  switch (type) {
  case VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU:
    return DeviceKind::integrated_gpu;
  case VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU:
    return DeviceKind::discrete_gpu;
  case VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU:
    return DeviceKind::virtual_gpu;
  case VK_PHYSICAL_DEVICE_TYPE_CPU:
    return DeviceKind::cpu;
  default:
    return DeviceKind::other;
  }
}

/// A family that computes and does not draw is a GPU's asynchronous one; the first that computes at
/// all is the one that every driver tests.
struct ComputeFamily {
  std::uint32_t index;
  std::uint32_t queues;
};
std::optional<ComputeFamily> compute_family(const InstanceApi& api, VkPhysicalDevice device) {
  std::uint32_t count = 0;
  api.GetPhysicalDeviceQueueFamilyProperties(device, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  api.GetPhysicalDeviceQueueFamilyProperties(device, &count, families.data());
  for (std::uint32_t i = 0; i < count; ++i)
    if (families[i].queueFlags & VK_QUEUE_COMPUTE_BIT)
      return ComputeFamily{i, families[i].queueCount};
  return std::nullopt;
}

constexpr const char* kImportExtension = VK_EXT_EXTERNAL_MEMORY_HOST_EXTENSION_NAME;

std::size_t import_alignment(const InstanceApi& api, VkPhysicalDevice device) {
  VkPhysicalDeviceExternalMemoryHostPropertiesEXT host{};
  host.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_EXTERNAL_MEMORY_HOST_PROPERTIES_EXT;
  VkPhysicalDeviceProperties2 properties{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, &host, {}};
  api.GetPhysicalDeviceProperties2(device, &properties);
  return std::max<std::size_t>(host.minImportedHostPointerAlignment, 64);
}

} // namespace

Result<std::unique_ptr<Instance>> Instance::create() {
  const Result<GlobalApi> global = GlobalApi::load();
  if (!global) return global.error();
  std::uint32_t version = 0;
  if (const VkResult r = global->EnumerateInstanceVersion(&version); r != VK_SUCCESS)
    return error_of(r, "vkEnumerateInstanceVersion", ErrorCode::no_device);

  VkApplicationInfo application{};
  application.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO;
  application.pEngineName = "ringcc";
  application.apiVersion = std::min<std::uint32_t>(version, VK_API_VERSION_1_3);
  VkInstanceCreateInfo create{};
  create.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO;
  create.pApplicationInfo = &application;

  std::unique_ptr<Instance> instance(new Instance);
  if (const VkResult r = global->CreateInstance(&create, nullptr, &instance->instance_);
      r != VK_SUCCESS)
    return error_of(r, "no Vulkan driver is installed, or none works", ErrorCode::no_device);
  Result<InstanceApi> api = InstanceApi::load(*global, instance->instance_);
  if (!api) return api.error();
  instance->api_ = *api;

  std::uint32_t count = 0;
  VkResult r = api->EnumeratePhysicalDevices(instance->instance_, &count, nullptr);
  instance->devices_.resize(count);
  if (r == VK_SUCCESS && count != 0)
    r = api->EnumeratePhysicalDevices(instance->instance_, &count, instance->devices_.data());
  if (r != VK_SUCCESS) return error_of(r, "vkEnumeratePhysicalDevices", ErrorCode::no_device);
  return instance;
}

Instance::~Instance() {
  if (instance_ && api_.DestroyInstance) api_.DestroyInstance(instance_, nullptr);
}

DeviceInfo Instance::describe(std::uint32_t index) const {
  const VkPhysicalDevice device = devices_[index];
  VkPhysicalDeviceProperties2 properties{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, {}, {}};
  VkPhysicalDeviceSubgroupProperties subgroup{};
  subgroup.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_SUBGROUP_PROPERTIES;
  properties.pNext = &subgroup;
  api_.GetPhysicalDeviceProperties2(device, &properties);
  VkPhysicalDeviceMemoryProperties memory;
  api_.GetPhysicalDeviceMemoryProperties(device, &memory);

  DeviceInfo info;
  info.backend = Backend::vulkan;
  info.index = index;
  info.name = properties.properties.deviceName;
  info.kind = kind_of(properties.properties.deviceType);
  info.warp_size = std::max(1u, subgroup.subgroupSize);
  for (std::uint32_t i = 0; i < memory.memoryHeapCount; ++i)
    if (memory.memoryHeaps[i].flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT)
      info.memory_bytes = std::max<std::uint64_t>(info.memory_bytes, memory.memoryHeaps[i].size);
  return info;
}

Result<std::unique_ptr<Context>> Context::create(const DeviceInfo& info) {
  Result<std::unique_ptr<Instance>> instance = Instance::create();
  if (!instance) return instance.error();
  if (info.index >= (*instance)->devices().size())
    return Error(ErrorCode::no_device, "Vulkan device '" + info.name + "' has gone");
  const InstanceApi& api = (*instance)->api();
  const VkPhysicalDevice physical = (*instance)->devices()[info.index];

  std::unique_ptr<Context> context(new Context);
  context->info_ = info;
  context->features_ = query_features(api, physical);
  if (context->features_.api_version < VK_API_VERSION_1_2)
    return Error(ErrorCode::no_device,
                 "Vulkan device '" + info.name + "' is older than Vulkan 1.2; update its driver");
  const std::optional<ComputeFamily> family = compute_family(api, physical);
  if (!family)
    return Error(ErrorCode::no_device, "Vulkan device '" + info.name + "' has no compute queue");
  context->queue_family_ = family->index;
  VkPhysicalDeviceProperties2 properties{VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, {}, {}};
  api.GetPhysicalDeviceProperties2(physical, &properties);
  context->limits_ = properties.properties.limits;
  api.GetPhysicalDeviceMemoryProperties(physical, &context->memory_);

  const bool atomic_float = context->features_.float32_atomic_add;
  FeatureChain chain(context->features_.api_version, atomic_float);
  enable(context->features_, chain);
  constexpr std::uint32_t kMostQueues = 4;
  const std::uint32_t queue_count = std::min(family->queues, kMostQueues);
  const std::array<float, kMostQueues> priorities{1, 1, 1, 1};
  const bool imports = queue_count == 1 && has_extension(api, physical, kImportExtension);
  if (imports) context->host_alignment_ = import_alignment(api, physical);
  VkDeviceQueueCreateInfo queue{};
  queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
  queue.queueFamilyIndex = family->index;
  queue.queueCount = queue_count;
  queue.pQueuePriorities = priorities.data();
  std::vector<const char*> extensions;
  if (atomic_float) extensions.push_back(VK_EXT_SHADER_ATOMIC_FLOAT_EXTENSION_NAME);
  if (imports) extensions.push_back(kImportExtension);
  VkDeviceCreateInfo create{};
  create.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
  create.pNext = &chain.head;
  create.queueCreateInfoCount = 1;
  create.pQueueCreateInfos = &queue;
  create.enabledExtensionCount = static_cast<std::uint32_t>(extensions.size());
  create.ppEnabledExtensionNames = extensions.data();
  if (const VkResult r = api.CreateDevice(physical, &create, nullptr, &context->device_);
      r != VK_SUCCESS)
    return error_of(r, "Vulkan device '" + info.name + "' cannot be opened", ErrorCode::no_device);
  Result<DeviceApi> device_api = DeviceApi::load(api, context->device_);
  if (!device_api) return device_api.error();
  context->api_ = *device_api;
  context->queues_.resize(queue_count);
  for (std::uint32_t i = 0; i < queue_count; ++i)
    context->api_.GetDeviceQueue(context->device_, family->index, i, &context->queues_[i]);
  context->instance_ = std::move(*instance);
  return context;
}

Context::~Context() {
  if (abandoned_) {
    static_cast<void>(instance_.release());
    return;
  }
  if (device_ && api_.DestroyDevice) api_.DestroyDevice(device_, nullptr);
}

} // namespace ring::runtime::vulkan
