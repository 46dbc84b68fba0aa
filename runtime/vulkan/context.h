// An open Vulkan device: instance, logical device and compute queues of one family. The other
// classes of this folder refer to it and are destroyed before it.
#pragma once

#include "vulkan/api.h"
#include "vulkan/features.h"

#include <ring/device_info.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace ring::runtime::vulkan {

/// An instance and its physical devices, in the loader's order.
class Instance {
public:
  static Result<std::unique_ptr<Instance>> create();
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  const InstanceApi& api() const { return api_; }
  const std::vector<VkPhysicalDevice>& devices() const { return devices_; }
  DeviceInfo describe(std::uint32_t index) const;

private:
  Instance() = default;

  VkInstance instance_ = VK_NULL_HANDLE;
  InstanceApi api_{};
  std::vector<VkPhysicalDevice> devices_;
};

class Context {
public:
  static Result<std::unique_ptr<Context>> create(const DeviceInfo& info);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const DeviceApi& api() const { return api_; }
  VkDevice device() const { return device_; }
  /// Number 0 is for kernels that end; drivers with several have others for those that run on.
  VkQueue queue(std::uint32_t number) const { return queues_[number]; }
  std::uint32_t queue_count() const { return static_cast<std::uint32_t>(queues_.size()); }
  /// Whether memory that is placed on the host is its own (VK_EXT_external_memory_host), so that
  /// another logical device can import it. So where the driver has one queue.
  bool shares_host_memory() const { return host_alignment_ != 0; }
  /// Of addresses and sizes to import, bytes.
  std::size_t host_alignment() const { return host_alignment_; }
  std::uint32_t queue_family() const { return queue_family_; }
  const DeviceInfo& info() const { return info_; }
  const DeviceFeatures& features() const { return features_; }
  const VkPhysicalDeviceLimits& limits() const { return limits_; }
  const VkPhysicalDeviceMemoryProperties& memory() const { return memory_; }

  /// After a kernel that never ended nothing of the device may be touched or destroyed any more
  /// (Vulkan specification, "Queue Forward Progress"): what was made stays until the process ends.
  void abandon() { abandoned_ = true; }
  bool abandoned() const { return abandoned_; }

private:
  Context() = default;

  std::unique_ptr<Instance> instance_;
  DeviceApi api_{};
  VkDevice device_ = VK_NULL_HANDLE;
  std::vector<VkQueue> queues_;
  std::size_t host_alignment_ = 0; // 0: the driver's memory is mapped instead
  std::uint32_t queue_family_ = 0;
  DeviceInfo info_;
  DeviceFeatures features_;
  VkPhysicalDeviceLimits limits_{};
  VkPhysicalDeviceMemoryProperties memory_{};
  std::atomic<bool> abandoned_ = false; // read by destructors of buffers on any thread
};

} // namespace ring::runtime::vulkan
