#include "cuda/cuda_device.h"

#include "cuda/context.h"
#include "cuda/memory.h"
#include "cuda/modules.h"
#include "cuda/persistent.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace ring::runtime::cuda {
namespace {

constexpr std::chrono::milliseconds kTransferTimeout = std::chrono::minutes(2);

class CudaDevice : public Device, public std::enable_shared_from_this<CudaDevice> {
public:
  CudaDevice(std::unique_ptr<Context> context, std::shared_ptr<PersistentKernels> kernels)
      : context_(std::move(context)), kernels_(std::move(kernels)),
        allocator_(*context_, *kernels_), modules_(*context_, *kernels_) {}

  const DeviceInfo& info() const override { return context_->info(); }
  Result<std::unique_ptr<Memory>> allocate(std::size_t size) override;
  Status upload(Memory& memory, std::span<const std::byte> bytes) override;
  Status download(const Memory& memory, std::span<std::byte> bytes) override;
  Status run(const Launch& launch) override;
  Result<SharedMemory> allocate_shared(std::size_t size) override;
  std::string why_not_persistent() const override;
  Result<std::unique_ptr<RunningKernel>>
  start(const Launch& launch, std::shared_ptr<const void> keep, StopSwitch stop) override;

private:
  Status usable() const;
  Status check_limits(const Launch& launch) const;
  bool needs_idle_device(const Function& function);

  std::unique_ptr<Context> context_;
  std::shared_ptr<PersistentKernels> kernels_;
  Allocator allocator_;
  Modules modules_; // before the context, which they refer to, is gone
  std::mutex mutex_;
  int local_bytes_ = 0; // guarded by mutex_: the most of a kernel that was launched
};

Status CudaDevice::usable() const {
  if (Status s = context_->usable(); !s) return s;
  return kernels_->usable();
}

Result<std::unique_ptr<Memory>> CudaDevice::allocate(std::size_t size) {
  const std::lock_guard lock(mutex_);
  if (Status s = usable(); !s) return s.error();
  const Context::Current current(*context_);
  const DriverApi& api = context_->api();
  // As on the other devices: whole words, and never empty.
  const std::size_t bytes =
      size > SIZE_MAX - 3 ? SIZE_MAX : std::max<std::size_t>((size + 3) / 4 * 4, 4);
  Result<std::unique_ptr<CudaMemory>> memory = allocator_.allocate(bytes);
  if (!memory) return memory.error();
  if (const CUresult r = api.cuMemsetD8Async((*memory)->address(), 0, bytes, context_->stream());
      r != kSuccess)
    return api.error_of(r, "clearing a buffer");
  if (Status s = context_->wait(kTransferTimeout, "clearing a buffer: "); !s) return s.error();
  return std::unique_ptr<Memory>(std::move(*memory));
}

Result<SharedMemory> CudaDevice::allocate_shared(std::size_t size) {
  const std::lock_guard lock(mutex_);
  if (Status s = usable(); !s) return s.error();
  const Context::Current current(*context_);
  return allocator_.allocate_shared(size);
}

std::string CudaDevice::why_not_persistent() const {
  const auto lacks = [&](int which) { return context_->attribute(which) == 0; };
  const std::string device = "device '" + info().name + "' ";
  if (lacks(kCooperativeLaunch))
    return device +
           "cannot promise that all blocks of a launch run at once (no cooperative launch)";
  if (lacks(kUnifiedAddressing)) return device + "does not see the host's memory";
  if (lacks(kConcurrentKernels)) return device + "runs one kernel at a time";
  if (!lacks(kKernelExecTimeout))
    return device + "has a watchdog, which ends kernels that run for seconds";
  if (!allocator_.shares_atomics())
    return device + "and the host cannot both change a word at once";
  return {};
}

/// A kernel with more local memory than any before makes the driver enlarge that of the device,
/// which has to be idle then. `mutex_` is held.
bool CudaDevice::needs_idle_device(const Function& function) {
  return std::exchange(local_bytes_, std::max(local_bytes_, function.local_bytes)) <
         function.local_bytes;
}

Result<std::unique_ptr<RunningKernel>>
CudaDevice::start(const Launch& launch, std::shared_ptr<const void> keep, StopSwitch stop) {
  const std::lock_guard lock(mutex_);
  if (Status s = usable(); !s) return s.error();
  const std::string prefix = kernel_prefix(launch.kernel);
  if (const std::string why = why_not_persistent(); !why.empty())
    return Error(ErrorCode::unsupported, prefix + why + "; use Schedule::bounded");
  if (Status s = check_limits(launch); !s) return s.error();
  const Context::Current current(*context_);
  const Result<Function> function = modules_.get(launch.module, launch.kernel);
  if (!function) return function.error();
  return kernels_->start(PackedLaunch(launch, function->handle), prefix,
                         needs_idle_device(*function), std::move(stop), std::move(keep),
                         shared_from_this());
}

Status CudaDevice::upload(Memory& memory, std::span<const std::byte> bytes) {
  const std::lock_guard lock(mutex_);
  if (Status s = usable(); !s) return s;
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
  if (Status s = usable(); !s) return s;
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
  if (Status s = usable(); !s) return s;
  if (Status s = check_limits(launch); !s) return s;
  const Context::Current current(*context_);
  const Result<Function> function = modules_.get(launch.module, launch.kernel);
  if (!function) return function.error();

  PackedLaunch packed(launch, function->handle);
  const std::string prefix = kernel_prefix(launch.kernel);
  {
    Result<PersistentKernels::Pause> pause = PersistentKernels::Pause();
    if (needs_idle_device(*function)) pause = kernels_->pause("the launch of " + prefix);
    if (!pause) return pause.error();
    const CUresult r = context_->api().cuLaunchKernel(
        packed.function, packed.grid[0], packed.grid[1], packed.grid[2], packed.block[0],
        packed.block[1], packed.block[2], 0, context_->stream(), packed.params.data(), nullptr);
    if (r != kSuccess) return context_->api().error_of(r, prefix + "the launch was refused");
  }
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
  Result<std::shared_ptr<PersistentKernels>> kernels = PersistentKernels::of_device(info);
  if (!kernels) return kernels.error();
  return std::shared_ptr<Device>(
      std::make_shared<CudaDevice>(std::move(*context), std::move(*kernels)));
}

} // namespace ring::runtime::cuda
