#include "vulkan/submitter.h"

#include <algorithm>
#include <limits>

namespace ring::runtime::vulkan {

Result<std::unique_ptr<Submitter>> Submitter::create(Context& context, VkQueue queue) {
  const DeviceApi& api = context.api();
  std::unique_ptr<Submitter> submitter(new Submitter(context, queue));
  VkCommandPoolCreateInfo pool{};
  pool.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO;
  pool.flags = VK_COMMAND_POOL_CREATE_TRANSIENT_BIT;
  pool.queueFamilyIndex = context.queue_family();
  VkResult r = api.CreateCommandPool(context.device(), &pool, nullptr, &submitter->pool_);
  if (r != VK_SUCCESS) return error_of(r, "vkCreateCommandPool");
  VkCommandBufferAllocateInfo allocate{};
  allocate.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO;
  allocate.commandPool = submitter->pool_;
  allocate.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
  allocate.commandBufferCount = 1;
  r = api.AllocateCommandBuffers(context.device(), &allocate, &submitter->commands_);
  if (r != VK_SUCCESS) return error_of(r, "vkAllocateCommandBuffers");
  VkFenceCreateInfo fence{};
  fence.sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO;
  r = api.CreateFence(context.device(), &fence, nullptr, &submitter->fence_);
  if (r != VK_SUCCESS) return error_of(r, "vkCreateFence");
  return submitter;
}

Submitter::~Submitter() {
  if (context_.abandoned()) return;
  if (fence_) context_.api().DestroyFence(context_.device(), fence_, nullptr);
  if (pool_) context_.api().DestroyCommandPool(context_.device(), pool_, nullptr);
}

Status Submitter::start(const std::function<void(VkCommandBuffer)>& record,
                        const std::string& what) {
  const DeviceApi& api = context_.api();
  if (context_.abandoned())
    return Error(ErrorCode::device_lost,
                 what + "an earlier kernel did not end or the device was lost; make a new Runtime");
  VkCommandBufferBeginInfo begin{};
  begin.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO;
  begin.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
  VkResult r = api.ResetCommandPool(context_.device(), pool_, 0);
  if (r == VK_SUCCESS) r = api.BeginCommandBuffer(commands_, &begin);
  if (r != VK_SUCCESS) return error_of(r, what + "vkBeginCommandBuffer");
  record(commands_);
  // A fence makes writes available, but neither to the host's caches nor to later shaders and
  // copies; this barrier does (Vulkan specification, "Host Access to Device Memory Objects").
  // Writes of the host are made visible by the submission itself.
  VkMemoryBarrier barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER;
  barrier.srcAccessMask = VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_TRANSFER_WRITE_BIT;
  barrier.dstAccessMask = VK_ACCESS_HOST_READ_BIT | VK_ACCESS_HOST_WRITE_BIT |
                          VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_SHADER_WRITE_BIT |
                          VK_ACCESS_TRANSFER_READ_BIT | VK_ACCESS_TRANSFER_WRITE_BIT;
  constexpr VkPipelineStageFlags kWork =
      VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_TRANSFER_BIT;
  api.CmdPipelineBarrier(commands_, kWork, kWork | VK_PIPELINE_STAGE_HOST_BIT, 0, 1, &barrier, 0,
                         nullptr, 0, nullptr);
  if (r = api.EndCommandBuffer(commands_); r != VK_SUCCESS)
    return error_of(r, what + "vkEndCommandBuffer");

  VkSubmitInfo submit{};
  submit.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO;
  submit.commandBufferCount = 1;
  submit.pCommandBuffers = &commands_;
  r = api.ResetFences(context_.device(), 1, &fence_);
  if (r == VK_SUCCESS) r = api.QueueSubmit(queue_, 1, &submit, fence_);
  if (r == VK_SUCCESS) return Success{};
  if (r == VK_ERROR_DEVICE_LOST) context_.abandon();
  return error_of(r, what + "the device failed");
}

std::optional<Status> Submitter::poll(const std::string& what, std::chrono::nanoseconds patience) {
  const VkResult r = context_.api().WaitForFences(context_.device(), 1, &fence_, VK_TRUE,
                                                  static_cast<std::uint64_t>(patience.count()));
  if (r == VK_TIMEOUT) return std::nullopt;
  if (r == VK_SUCCESS) return Success{};
  context_.abandon();
  return error_of(r, what + "the device failed");
}

Status Submitter::submit(const std::function<void(VkCommandBuffer)>& record,
                         std::chrono::milliseconds timeout, const std::string& what) {
  const DeviceApi& api = context_.api();
  if (Status s = start(record, what); !s) return s;
  constexpr std::uint64_t kMaxMs = std::numeric_limits<std::uint64_t>::max() / 1'000'000;
  const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(timeout.count(), 0));
  const VkResult r =
      api.WaitForFences(context_.device(), 1, &fence_, VK_TRUE, std::min(ms, kMaxMs) * 1'000'000);
  if (r == VK_SUCCESS) return Success{};
  if (r == VK_TIMEOUT || r == VK_ERROR_DEVICE_LOST) context_.abandon();
  if (r == VK_TIMEOUT)
    return Error(ErrorCode::timeout, what + "not ended after " + std::to_string(timeout.count()) +
                                         " ms; the runtime is lost. Raise .timeout in the run "
                                         "options if it needs longer");
  return error_of(r, what + "the device failed");
}

} // namespace ring::runtime::vulkan
