#include "cuda/context.h"

#include <algorithm>
#include <thread>

namespace ring::runtime::cuda {

DeviceInfo describe(const DriverApi& api, CUdevice device, int ordinal) {
  DeviceInfo info;
  info.backend = Backend::cuda;
  info.index = static_cast<std::uint32_t>(ordinal);
  char name[256] = {};
  api.cuDeviceGetName(name, sizeof name - 1, device);
  info.name = name;
  int integrated = 0;
  api.cuDeviceGetAttribute(&integrated, kIntegrated, device);
  info.kind = integrated ? DeviceKind::integrated_gpu : DeviceKind::discrete_gpu;
  std::size_t bytes = 0;
  api.cuDeviceTotalMem_v2(&bytes, device);
  info.memory_bytes = bytes;
  int warp = 32;
  api.cuDeviceGetAttribute(&warp, kWarpSize, device);
  info.warp_size = static_cast<std::uint32_t>(warp);
  return info;
}

Result<std::unique_ptr<Context>> Context::create(const DeviceInfo& info) {
  const Result<DriverApi> api = DriverApi::load();
  if (!api) return api.error();
  std::unique_ptr<Context> context(new Context);
  context->api_ = *api;
  context->info_ = info;
  const std::string what = "CUDA device '" + info.name + "' cannot be opened";
  CUresult r = api->cuDeviceGet(&context->device_, static_cast<int>(info.index));
  if (r == kSuccess) r = api->cuDevicePrimaryCtxRetain(&context->context_, context->device_);
  if (r != kSuccess) return api->error_of(r, what, ErrorCode::no_device);
  const Current current(*context);
  // Not ordered with the legacy default stream, which other code of the process may block.
  r = api->cuStreamCreate(&context->stream_, kStreamNonBlocking);
  if (r != kSuccess) return api->error_of(r, what, ErrorCode::no_device);
  return context;
}

Context::~Context() {
  if (!context_ || abandoned_) return;
  if (stream_) {
    const Current current(*this);
    api_.cuStreamDestroy_v2(stream_);
  }
  api_.cuDevicePrimaryCtxRelease_v2(device_);
}

int Context::attribute(int which) const {
  int value = 0;
  api_.cuDeviceGetAttribute(&value, which, device_);
  return value;
}

Status Context::usable() const {
  if (!abandoned_) return Success{};
  return Error(ErrorCode::device_lost,
               "an earlier kernel failed or did not end; CUDA gives its context up then, so the "
               "process must start anew to use this device");
}

Status Context::wait(std::chrono::milliseconds timeout, const std::string& what) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  const auto elapsed = [&] { return Clock::now() - begin; };
  // Compared in milliseconds: "for ever" is more nanoseconds than can be counted.
  const auto in_time = [&] {
    return std::chrono::duration_cast<std::chrono::milliseconds>(elapsed()) < timeout;
  };
  // A launch takes microseconds: asking again at once beats any sleep. What is long anyway is slept
  // through, and leaves the processor to others.
  constexpr auto kSpin = std::chrono::microseconds(200);
  CUresult r = api_.cuStreamQuery(stream_);
  while (r == kNotReady && in_time()) {
    if (elapsed() > kSpin) std::this_thread::sleep_for(std::chrono::microseconds(50));
    r = api_.cuStreamQuery(stream_);
  }
  if (r == kSuccess) return Success{};
  abandoned_ = true;
  if (r == kNotReady)
    return Error(ErrorCode::timeout, what + "not ended after " + std::to_string(timeout.count()) +
                                         " ms; the runtime is lost. Raise .timeout in the run "
                                         "options if it needs longer");
  return api_.error_of(r, what + "the device stopped it");
}

} // namespace ring::runtime::cuda
