#include "cuda/cuda_device.h"

#include "cuda/context.h"
#include "cuda/modules.h"

#include <ring/abi/span_view.h>

#include <cstring>
#include <mutex>

namespace ring::runtime::cuda {
namespace {

constexpr std::chrono::milliseconds kTransferTimeout = std::chrono::minutes(2);

class CudaMemory : public Memory {
public:
  /// With `host` it is the host's memory, which the device sees at `address`.
  CudaMemory(const Context& context, CUdeviceptr address, void* host = nullptr)
      : context_(context), address_(address), host_(host) {}
  ~CudaMemory() override {
    if (context_.abandoned()) return;
    const Context::Current current(context_);
    if (host_)
      context_.api().cuMemFreeHost(host_);
    else
      context_.api().cuMemFree_v2(address_);
  }
  CUdeviceptr address() const { return address_; }

private:
  const Context& context_;
  CUdeviceptr address_;
  void* host_;
};

class CudaDevice : public Device {
public:
  explicit CudaDevice(std::unique_ptr<Context> context)
      : context_(std::move(context)), modules_(*context_) {}

  const DeviceInfo& info() const override { return context_->info(); }
  Result<std::unique_ptr<Memory>> allocate(std::size_t size) override;
  Status upload(Memory& memory, std::span<const std::byte> bytes) override;
  Status download(const Memory& memory, std::span<std::byte> bytes) override;
  Status run(const Launch& launch) override;
  Result<SharedMemory> allocate_shared(std::size_t size) override;
  std::string why_not_persistent() const override;
  Result<std::unique_ptr<RunningKernel>> start(const Launch& launch,
                                               std::shared_ptr<const void> keep) override;

private:
  Status check_limits(const Launch& launch) const;

  std::unique_ptr<Context> context_;
  Modules modules_; // before the context, which it refers to, is gone
  std::mutex mutex_;
};

Result<std::unique_ptr<Memory>> CudaDevice::allocate(std::size_t size) {
  const std::lock_guard lock(mutex_);
  if (Status s = context_->usable(); !s) return s.error();
  const Context::Current current(*context_);
  const DriverApi& api = context_->api();
  // As on the other devices: whole words, and never empty.
  const std::size_t bytes =
      size > SIZE_MAX - 3 ? SIZE_MAX : std::max<std::size_t>((size + 3) / 4 * 4, 4);
  CUdeviceptr address = 0;
  if (const CUresult r = api.cuMemAlloc_v2(&address, bytes); r != kSuccess)
    return api.error_of(r,
                        "device '" + info().name + "': no room for a buffer of " +
                            std::to_string(size) + " bytes; free others or make it smaller",
                        ErrorCode::out_of_memory);
  auto memory = std::make_unique<CudaMemory>(*context_, address);
  if (const CUresult r = api.cuMemsetD8Async(address, 0, bytes, context_->stream()); r != kSuccess)
    return api.error_of(r, "clearing a buffer");
  if (Status s = context_->wait(kTransferTimeout, "clearing a buffer: "); !s) return s.error();
  return std::unique_ptr<Memory>(std::move(memory));
}

Result<SharedMemory> CudaDevice::allocate_shared(std::size_t size) {
  const std::lock_guard lock(mutex_);
  if (Status s = context_->usable(); !s) return s.error();
  const Context::Current current(*context_);
  const DriverApi& api = context_->api();
  const std::size_t bytes = std::max<std::size_t>(size, 4);
  void* host = nullptr;
  CUdeviceptr address = 0;
  CUresult r = api.cuMemHostAlloc(&host, bytes, kHostAllocPortable | kHostAllocMapped);
  if (r == kSuccess) r = api.cuMemHostGetDevicePointer_v2(&address, host, 0);
  if (r != kSuccess) {
    if (host) api.cuMemFreeHost(host);
    return api.error_of(r,
                        "device '" + info().name + "': no " + std::to_string(size) +
                            " bytes of memory that it shares with the host",
                        ErrorCode::out_of_memory);
  }
  std::memset(host, 0, bytes);
  return SharedMemory{std::make_unique<CudaMemory>(*context_, address, host),
                      {static_cast<std::byte*>(host), size}};
}

std::string CudaDevice::why_not_persistent() const {
  return "the CUDA backend does not start persistent kernels yet";
}

Result<std::unique_ptr<RunningKernel>> CudaDevice::start(const Launch& launch,
                                                         std::shared_ptr<const void>) {
  return Error(ErrorCode::unsupported,
               kernel_prefix(launch.kernel) + why_not_persistent() + "; use Schedule::bounded");
}

Status CudaDevice::upload(Memory& memory, std::span<const std::byte> bytes) {
  const std::lock_guard lock(mutex_);
  if (Status s = context_->usable(); !s) return s;
  const Context::Current current(*context_);
  const DriverApi& api = context_->api();
  if (const CUresult r = api.cuMemcpyHtoDAsync_v2(static_cast<CudaMemory&>(memory).address(),
                                                  bytes.data(), bytes.size(), context_->stream());
      r != kSuccess)
    return api.error_of(r, "copying a buffer to the device");
  return context_->wait(kTransferTimeout, "copying a buffer to the device: ");
}

Status CudaDevice::download(const Memory& memory, std::span<std::byte> bytes) {
  const std::lock_guard lock(mutex_);
  if (Status s = context_->usable(); !s) return s;
  const Context::Current current(*context_);
  const DriverApi& api = context_->api();
  if (const CUresult r =
          api.cuMemcpyDtoHAsync_v2(bytes.data(), static_cast<const CudaMemory&>(memory).address(),
                                   bytes.size(), context_->stream());
      r != kSuccess)
    return api.error_of(r, "copying a buffer from the device");
  return context_->wait(kTransferTimeout, "copying a buffer from the device: ");
}

Status CudaDevice::check_limits(const Launch& launch) const {
  const std::string prefix = kernel_prefix(launch.kernel);
  std::uint64_t threads = 1;
  for (int axis = 0; axis < 3; ++axis) {
    const auto most_blocks = static_cast<std::uint64_t>(context_->attribute(kMaxGridDimX + axis));
    if (launch.blocks[axis] > most_blocks)
      return Error(ErrorCode::grid_too_large,
                   prefix + std::to_string(launch.blocks[axis]) + " blocks along axis " +
                       "xyz"[axis] + ", but device '" + info().name + "' takes " +
                       std::to_string(most_blocks) +
                       "; use fewer, or spread them over the other axes");
    const std::uint32_t block = launch.kernel.block[axis];
    const auto most = static_cast<std::uint32_t>(context_->attribute(kMaxBlockDimX + axis));
    if (block > most)
      return Error(ErrorCode::unsupported, prefix + "a block of " + std::to_string(block) +
                                               " threads along axis " + "xyz"[axis] +
                                               ", but the device takes " + std::to_string(most));
    threads *= block;
  }
  const auto most = static_cast<std::uint64_t>(context_->attribute(kMaxThreadsPerBlock));
  if (threads > most)
    return Error(ErrorCode::unsupported, prefix + "a block of " + std::to_string(threads) +
                                             " threads, but the device takes " +
                                             std::to_string(most));
  return Success{};
}

Status CudaDevice::run(const Launch& launch) {
  const std::lock_guard lock(mutex_);
  if (Status s = context_->usable(); !s) return s;
  if (Status s = check_limits(launch); !s) return s;
  const Context::Current current(*context_);
  const Result<CUfunction> function = modules_.get(launch.module, launch.kernel);
  if (!function) return function.error();

  std::vector<abi::SpanView> views(launch.args.size());
  std::vector<void*> params(launch.args.size());
  for (std::size_t i = 0; i < params.size(); ++i) {
    const LaunchArg& arg = launch.args[i];
    if (arg.memory) {
      views[i] = {static_cast<CudaMemory*>(arg.memory)->address(), arg.count};
      params[i] = &views[i];
    } else {
      params[i] = const_cast<std::byte*>(arg.value.data()); // cuLaunchKernel copies from it
    }
  }
  const std::uint32_t* block = launch.kernel.block;
  const std::string prefix = kernel_prefix(launch.kernel);
  const CUresult r = context_->api().cuLaunchKernel(
      *function, static_cast<unsigned>(launch.blocks[0]), static_cast<unsigned>(launch.blocks[1]),
      static_cast<unsigned>(launch.blocks[2]), block[0], block[1], block[2], 0, context_->stream(),
      params.data(), nullptr);
  if (r != kSuccess) return context_->api().error_of(r, prefix + "the launch was refused");
  return context_->wait(launch.timeout, prefix);
}

} // namespace

DeviceList list_devices() {
  const Result<DriverApi> api = DriverApi::load();
  if (!api) return {{}, api.error().what()};
  int count = 0;
  if (const CUresult r = api->cuDeviceGetCount(&count); r != kSuccess)
    return {{}, api->error_of(r, "cuDeviceGetCount").what()};
  DeviceList list;
  for (int i = 0; i < count; ++i) {
    CUdevice device = 0;
    if (api->cuDeviceGet(&device, i) == kSuccess) list.devices.push_back(describe(*api, device, i));
  }
  if (list.devices.empty()) list.why_none = "the CUDA driver found no GPU";
  return list;
}

Result<std::shared_ptr<Device>> open_device(const DeviceInfo& info) {
  Result<std::unique_ptr<Context>> context = Context::create(info);
  if (!context) return context.error();
  return std::shared_ptr<Device>(std::make_shared<CudaDevice>(std::move(*context)));
}

} // namespace ring::runtime::cuda
