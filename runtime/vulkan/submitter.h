// Records one command buffer, submits it and waits for its end. No wait without an end: when the
// time is up the context is abandoned and the caller gets an Error{timeout}.
#pragma once

#include "vulkan/context.h"

#include <chrono>
#include <functional>
#include <memory>

namespace ring::runtime::vulkan {

class Submitter {
public:
  static Result<std::unique_ptr<Submitter>> create(Context& context);
  ~Submitter();
  Submitter(const Submitter&) = delete;
  Submitter& operator=(const Submitter&) = delete;

  /// `what` begins the messages of errors. What the commands wrote is visible to the host and to
  /// later submissions when this returns.
  Status submit(const std::function<void(VkCommandBuffer)>& record,
                std::chrono::milliseconds timeout, const std::string& what);

private:
  explicit Submitter(Context& context) : context_(context) {}

  Context& context_;
  VkCommandPool pool_ = VK_NULL_HANDLE;
  VkCommandBuffer commands_ = VK_NULL_HANDLE;
  VkFence fence_ = VK_NULL_HANDLE;
};

} // namespace ring::runtime::vulkan
