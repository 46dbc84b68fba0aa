// A kernel that leaves after a while and has to go on: launches of it, each behind the other, so
// that the next begins as one has ended. There are always more of them queued than the host takes
// time to queue others.
#pragma once

#include "vulkan/context.h"
#include "vulkan/submitter.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace ring::runtime::vulkan {

class Chain {
public:
  using Record = std::function<void(VkCommandBuffer)>;

  /// `record` writes one launch; it is called from a thread of the chain, and so is `goes_on`: no
  /// more is launched once that is false. `what` begins the messages of errors. Nobody else uses
  /// the queue.
  static Result<std::unique_ptr<Chain>> start(Context& context, VkQueue queue, Record record,
                                              std::function<bool()> goes_on, std::string what);
  /// Launches no more, and waits for those that are queued: a kernel that has to leave does.
  ~Chain();
  Chain(const Chain&) = delete;
  Chain& operator=(const Chain&) = delete;

  /// How it ended, if it has.
  std::optional<Status> poll();

private:
  Chain(Context& context, Record record, std::function<bool()> goes_on, std::string what);
  Status submit(Submitter& submitter);
  Status feed();

  Context& context_;
  const Record record_;
  const std::function<bool()> goes_on_;
  const std::string what_;
  std::unique_ptr<Submitter> submitters_[2]; // while one runs, the other is queued
  std::atomic<bool> quit_ = false;
  std::mutex mutex_;
  std::optional<Status> outcome_; // guarded by mutex_
  std::thread feeder_;
};

} // namespace ring::runtime::vulkan
