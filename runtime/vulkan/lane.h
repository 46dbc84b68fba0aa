// Where a persistent kernel runs beside everything else of its device: a queue of its own, or, with
// drivers that have one queue, a logical device of its own, which imports the host memory of the
// first. One kernel at a time.
#pragma once

#include "core/device.h"
#include "vulkan/bindings.h"
#include "vulkan/chain.h"
#include "vulkan/context.h"
#include "vulkan/memory.h"
#include "vulkan/pipelines.h"
#include "vulkan/submitter.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ring::runtime::vulkan {

/// Any thread may call any member.
class Lane : public std::enable_shared_from_this<Lane> {
public:
  /// On that queue of the context.
  static Result<std::shared_ptr<Lane>> on_queue(std::shared_ptr<Context> context,
                                                std::uint32_t queue);
  /// On a second logical device, for memory that `context` shares with it.
  static Result<std::shared_ptr<Lane>> on_own_device(const Context& context);
  /// A kernel that runs on takes all that it may touch with it.
  ~Lane();
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  /// The kernel that runs; empty if none does.
  std::string running();
  /// With `stop` the kernel is launched again and again, as long as that says that it goes on.
  Result<std::unique_ptr<RunningKernel>> start(const Launch& launch,
                                               std::shared_ptr<const void> keep, StopSwitch stop);

private:
  class Kernel;

  /// What a kernel that runs has; goes when it has ended.
  struct Running {
    std::string name;
    std::shared_ptr<const void> keep;
    std::vector<std::unique_ptr<BufferMemory>> imported;
    std::shared_ptr<std::optional<Status>> outcome; // guarded by the lane's mutex_
    std::unique_ptr<Chain> chain;                   // null: launched once, by the lane's submitter
  };

  Lane(std::shared_ptr<Context> context, bool is_own, std::uint32_t queue)
      : context_(std::move(context)), is_own_(is_own), queue_(context_->queue(queue)),
        pipelines_(*context_), bindings_(*context_) {}
  static Result<std::shared_ptr<Lane>> create(std::shared_ptr<Context> context, bool is_own,
                                              std::uint32_t queue);
  Result<std::vector<const BufferMemory*>> buffers_of(const Launch& launch, Running& running);
  void look(); // has mutex_

  const std::shared_ptr<Context> context_;
  const bool is_own_; // of the lane alone
  const VkQueue queue_;
  std::mutex mutex_;
  // Guarded by mutex_:
  Pipelines pipelines_;
  Bindings bindings_;
  std::unique_ptr<Submitter> submitter_;
  std::optional<Running> running_;
};

/// The lanes of a device, made as they are needed.
class Lanes {
public:
  Result<std::unique_ptr<RunningKernel>> start(const std::shared_ptr<Context>& context,
                                               const Launch& launch,
                                               std::shared_ptr<const void> keep, StopSwitch stop);

private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Lane>> lanes_; // guarded by mutex_
};

} // namespace ring::runtime::vulkan
