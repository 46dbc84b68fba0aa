// A device's primary context, shared with whatever else of the process uses CUDA, and one stream.
#pragma once

#include "cuda/driver_api.h"

#include <ring/device_info.h>

#include <atomic>
#include <chrono>
#include <memory>

namespace ring::runtime::cuda {

DeviceInfo describe(const DriverApi& api, CUdevice device, int ordinal);

class Context {
public:
  static Result<std::unique_ptr<Context>> create(const DeviceInfo& info);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const DriverApi& api() const { return api_; }
  const DeviceInfo& info() const { return info_; }
  CUdevice device() const { return device_; }
  CUstream stream() const { return stream_; }
  int attribute(int which) const;

  /// Waits for the stream. When the time is up, or a kernel has failed (which in CUDA ends the
  /// whole context), the context is abandoned. `what` begins the message.
  Status wait(std::chrono::milliseconds timeout, const std::string& what);
  /// Nothing of the context may be waited for or freed any more: either would block or fail.
  bool abandoned() const { return abandoned_; }
  void abandon() { abandoned_ = true; }
  Status usable() const;

  /// Makes the context current on this thread for the length of a scope.
  class Current {
  public:
    explicit Current(const Context& context) : api_(context.api_) {
      api_.cuCtxPushCurrent_v2(context.context_);
    }
    ~Current() {
      CUcontext ignored;
      api_.cuCtxPopCurrent_v2(&ignored);
    }
    Current(const Current&) = delete;
    Current& operator=(const Current&) = delete;

  private:
    const DriverApi& api_;
  };

private:
  Context() = default;

  DriverApi api_{};
  DeviceInfo info_;
  CUdevice device_ = 0;
  CUcontext context_ = nullptr;
  CUstream stream_ = nullptr;
  std::atomic<bool> abandoned_ = false; // read by destructors of buffers on any thread
};

} // namespace ring::runtime::cuda
