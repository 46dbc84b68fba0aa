// A VkBuffer with memory of its own, either mapped for the host or in the device's own memory.
#pragma once

#include "core/device.h"
#include "vulkan/context.h"

#include <cstdlib>
#include <memory>
#include <string>

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
  /// The same bytes on another logical device. `memory` is placed on the host, by a context that
  /// shares_host_memory(), and outlives the result.
  static Result<std::unique_ptr<BufferMemory>> import(const Context& context,
                                                      const BufferMemory& memory);
  ~BufferMemory() override;

  VkBuffer buffer() const { return buffer_; }
  std::size_t size() const { return size_; }
  std::byte* mapped() const { return mapped_; } // null when placed on the device

private:
  explicit BufferMemory(const Context& context) : context_(context) {}
  Status make_buffer(bool is_imported, const std::string& what);
  Status allocate(Placement placement);
  Status import_block(void* block, const std::string& what);

  const Context& context_;
  VkBuffer buffer_ = VK_NULL_HANDLE;
  VkDeviceMemory memory_ = VK_NULL_HANDLE;
  std::size_t size_ = 0;
  std::byte* mapped_ = nullptr;
  std::unique_ptr<std::byte, decltype(&std::free)> block_{nullptr, &std::free}; // if it is our own
};

} // namespace ring::runtime::vulkan
