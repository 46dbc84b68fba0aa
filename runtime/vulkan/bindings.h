// What a kernel is launched with on one queue: its descriptor set, its params block and the command
// to run it. One launch at a time; the next one takes its place.
#pragma once

#include "core/device.h"
#include "vulkan/context.h"
#include "vulkan/memory.h"
#include "vulkan/pipelines.h"

#include <memory>
#include <span>

namespace ring::runtime::vulkan {

class Bindings {
public:
  explicit Bindings(const Context& context) : context_(context) {}
  ~Bindings();
  Bindings(const Bindings&) = delete;
  Bindings& operator=(const Bindings&) = delete;

  /// `buffers` are those of the launch's spans on this context, in order. No earlier launch runs.
  Status bind(const Pipeline& pipeline, const Launch& launch,
              std::span<const BufferMemory* const> buffers);
  /// Records the launch that was bound last.
  void record(VkCommandBuffer commands) const;

private:
  Status write_params(const Launch& launch);
  Status make_room(std::uint32_t buffers, const std::string& prefix);

  const Context& context_;
  std::unique_ptr<BufferMemory> params_;
  VkDescriptorPool descriptors_ = VK_NULL_HANDLE;
  std::uint32_t room_ = 0; // storage buffers that descriptors_ has room for
  VkDescriptorSet set_ = VK_NULL_HANDLE;
  const Pipeline* pipeline_ = nullptr; // of the launch that was bound last
  std::uint32_t blocks_[3]{};
};

/// Error{grid_too_large} if the device does not take so many blocks.
Status check_grid(const Context& context, const Launch& launch);

} // namespace ring::runtime::vulkan
