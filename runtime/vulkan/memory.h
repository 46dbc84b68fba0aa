// A VkBuffer with memory of its own, either mapped for the host or in the device's own memory.
#pragma once

#include "core/device.h"
#include "vulkan/context.h"

#include <memory>

namespace ring::runtime::vulkan {

enum class Placement : unsigned char {
  host,   // mapped and coherent, cached where there is such memory
  device, // the device's own
};

class BufferMemory : public Memory {
public:
  /// The size is rounded up to 4 bytes, and at least 4: a storage buffer cannot be empty.
  static Result<std::unique_ptr<BufferMemory>> create(const Context& context, std::size_t size,
                                                      Placement placement);
  ~BufferMemory() override;

  VkBuffer buffer() const { return buffer_; }
  std::size_t size() const { return size_; }
  std::byte* mapped() const { return mapped_; } // null when placed on the device

private:
  explicit BufferMemory(const Context& context) : context_(context) {}
  Status allocate(Placement placement);

  const Context& context_;
  VkBuffer buffer_ = VK_NULL_HANDLE;
  VkDeviceMemory memory_ = VK_NULL_HANDLE;
  std::size_t size_ = 0;
  std::byte* mapped_ = nullptr;
};

} // namespace ring::runtime::vulkan
