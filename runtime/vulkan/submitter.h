// Records one command buffer, submits it and waits for its end. No wait without an end: when the
// time is up the context is abandoned and the caller gets an Error{timeout}.
#pragma once

#include "vulkan/context.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ring::runtime::vulkan {

class Submitter {
public:
  static Result<std::unique_ptr<Submitter>> create(Context& context, VkQueue queue);
  ~Submitter();
  Submitter(const Submitter&) = delete;
  Submitter& operator=(const Submitter&) = delete;

  /// `what` begins the messages of errors. What the commands wrote is visible to the host and to
  /// later submissions when this returns.
  Status submit(const std::function<void(VkCommandBuffer)>& record,
                std::chrono::milliseconds timeout, const std::string& what);

  /// As submit(), but returns when the commands are on their way. Nothing else is submitted until
  /// poll() has told how they ended.
  Status start(const std::function<void(VkCommandBuffer)>& record, const std::string& what);
  /// Waits for at most so long.
  std::optional<Status> poll(const std::string& what, std::chrono::nanoseconds patience = {});

private:
  Submitter(Context& context, VkQueue queue) : context_(context), queue_(queue) {}

  Context& context_;
  VkQueue queue_;
  VkCommandPool pool_ = VK_NULL_HANDLE;
  VkCommandBuffer commands_ = VK_NULL_HANDLE;
  VkFence fence_ = VK_NULL_HANDLE;
};

} // namespace ring::runtime::vulkan
