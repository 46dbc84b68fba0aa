#include "vulkan/vulkan_device.h"

#include "vulkan/bindings.h"
#include "vulkan/context.h"
#include "vulkan/lane.h"
#include "vulkan/memory.h"
#include "vulkan/pipelines.h"
#include "vulkan/submitter.h"

#include <algorithm>
#include <cstring>
#include <mutex>

namespace ring::runtime::vulkan {
namespace {

constexpr std::size_t kStagingBytes = std::size_t{8} << 20;
constexpr std::chrono::milliseconds kTransferTimeout = std::chrono::minutes(2);

class VulkanDevice : public Device {
public:
  static Result<std::shared_ptr<Device>> open(const DeviceInfo& info, Transfers transfers);

  const DeviceInfo& info() const override { return context_->info(); }
  Result<std::unique_ptr<Memory>> allocate(std::size_t size) override;
  Status upload(Memory& memory, std::span<const std::byte> bytes) override;
  Status download(const Memory& memory, std::span<std::byte> bytes) override;
  Status run(const Launch& launch) override;
  Result<SharedMemory> allocate_shared(std::size_t size) override;
  std::string why_not_persistent() const override;
  Lease lease() const override;
  Result<std::unique_ptr<RunningKernel>>
  start(const Launch& launch, std::shared_ptr<const void> keep, StopSwitch stop) override;

private:
  VulkanDevice() = default;

  Status copy(VkBuffer from, VkBuffer to, std::uint64_t from_offset, std::uint64_t to_offset,
              std::size_t size);
  Status ready_to_transfer();

  // In the order of construction; each refers to the context.
  std::shared_ptr<Context> context_; // a lane may share it
  std::unique_ptr<Submitter> submitter_;
  std::unique_ptr<Pipelines> pipelines_;
  std::unique_ptr<Bindings> bindings_;
  std::unique_ptr<BufferMemory> staging_; // made at the first use
  Lanes lanes_;                           // where persistent kernels run
  bool staged_ = false;
  std::mutex mutex_; // queue, pools and staging memory have one user at a time
};

Result<std::shared_ptr<Device>> VulkanDevice::open(const DeviceInfo& info, Transfers transfers) {
  std::shared_ptr<VulkanDevice> device(new VulkanDevice);
  Result<std::unique_ptr<Context>> context = Context::create(info);
  if (!context) return context.error();
  device->context_ = std::move(*context);
  Result<std::unique_ptr<Submitter>> submitter =
      Submitter::create(*device->context_, device->context_->queue(0));
  if (!submitter) return submitter.error();
  device->submitter_ = std::move(*submitter);
  device->pipelines_ = std::make_unique<Pipelines>(*device->context_);
  device->bindings_ = std::make_unique<Bindings>(*device->context_);
  device->staged_ = transfers == Transfers::staged || info.kind == DeviceKind::discrete_gpu;
  return std::shared_ptr<Device>(std::move(device));
}

Result<std::unique_ptr<Memory>> VulkanDevice::allocate(std::size_t size) {
  const std::lock_guard lock(mutex_);
  auto memory =
      BufferMemory::create(*context_, size, staged_ ? Placement::device : Placement::host);
  if (!memory) return memory.error();
  if (std::byte* mapped = (*memory)->mapped()) {
    std::memset(mapped, 0, (*memory)->size());
  } else {
    const VkBuffer buffer = (*memory)->buffer();
    const auto fill = [&](VkCommandBuffer commands) {
      context_->api().CmdFillBuffer(commands, buffer, 0, VK_WHOLE_SIZE, 0);
    };
    if (Status s = submitter_->submit(fill, kTransferTimeout, "clearing a buffer: "); !s)
      return s.error();
  }
  return std::unique_ptr<Memory>(std::move(*memory));
}

Result<SharedMemory> VulkanDevice::allocate_shared(std::size_t size) {
  // Kernels see it as one buffer.
  if (const std::size_t most = context_->limits().maxStorageBufferRange; size > most)
    return Error(ErrorCode::out_of_memory,
                 "device '" + info().name + "': " + std::to_string(size) +
                     " bytes to share with kernels, which see " + std::to_string(most) +
                     " of one buffer; launch fewer actors, or give them smaller mailboxes");
  auto memory = BufferMemory::create(*context_, size, Placement::host);
  if (!memory) return memory.error();
  const std::span<std::byte> host((*memory)->mapped(), (*memory)->size());
  std::memset(host.data(), 0, host.size());
  return SharedMemory{std::move(*memory), host};
}

std::string VulkanDevice::why_not_persistent() const {
  if (const std::uint32_t turns = context_->features().max_loop_turns)
    return "device '" + info().name + "' lets the loops of a kernel turn " + std::to_string(turns) +
           " times, all of them together";
  // Drivers of GPUs stop what does not end after some seconds.
  return "a Vulkan driver may stop a kernel that runs on";
}

Lease VulkanDevice::lease() const {
  const DeviceFeatures& features = context_->features();
  // Most of the turns are for the one event.
  if (features.max_loop_turns != 0) return {features.max_loop_turns / 8, true};
  if (features.waits_for_kernels) return {4096, false};
  return {};
}

Result<std::unique_ptr<RunningKernel>>
VulkanDevice::start(const Launch& launch, std::shared_ptr<const void> keep, StopSwitch stop) {
  if (lease().turns == 0) stop = nullptr; // it is launched once
  return lanes_.start(context_, launch, std::move(keep), std::move(stop));
}

Status VulkanDevice::ready_to_transfer() {
  if (context_->abandoned())
    return Error(ErrorCode::device_lost,
                 "an earlier kernel did not end or the device was lost; make a new Runtime");
  if (!staged_ || staging_) return Success{};
  auto staging = BufferMemory::create(*context_, kStagingBytes, Placement::host);
  if (!staging) return staging.error();
  staging_ = std::move(*staging);
  return Success{};
}

Status VulkanDevice::copy(VkBuffer from, VkBuffer to, std::uint64_t from_offset,
                          std::uint64_t to_offset, std::size_t size) {
  const VkBufferCopy region{from_offset, to_offset, size};
  const auto record = [&](VkCommandBuffer commands) {
    context_->api().CmdCopyBuffer(commands, from, to, 1, &region);
  };
  return submitter_->submit(record, kTransferTimeout, "copying a buffer: ");
}

Status VulkanDevice::upload(Memory& memory, std::span<const std::byte> bytes) {
  const std::lock_guard lock(mutex_);
  if (Status s = ready_to_transfer(); !s) return s;
  auto& target = static_cast<BufferMemory&>(memory);
  if (!staged_) {
    std::memcpy(target.mapped(), bytes.data(), bytes.size());
    return Success{};
  }
  for (std::size_t at = 0; at < bytes.size(); at += kStagingBytes) {
    const std::size_t size = std::min(kStagingBytes, bytes.size() - at);
    std::memcpy(staging_->mapped(), bytes.data() + at, size);
    if (Status s = copy(staging_->buffer(), target.buffer(), 0, at, size); !s) return s;
  }
  return Success{};
}

Status VulkanDevice::download(const Memory& memory, std::span<std::byte> bytes) {
  const std::lock_guard lock(mutex_);
  if (Status s = ready_to_transfer(); !s) return s;
  const auto& source = static_cast<const BufferMemory&>(memory);
  if (!staged_) {
    std::memcpy(bytes.data(), source.mapped(), bytes.size());
    return Success{};
  }
  for (std::size_t at = 0; at < bytes.size(); at += kStagingBytes) {
    const std::size_t size = std::min(kStagingBytes, bytes.size() - at);
    if (Status s = copy(source.buffer(), staging_->buffer(), at, 0, size); !s) return s;
    std::memcpy(bytes.data() + at, staging_->mapped(), size);
  }
  return Success{};
}

Status VulkanDevice::run(const Launch& launch) {
  if (Status s = check_grid(*context_, launch); !s) return s;
  const std::lock_guard lock(mutex_);
  if (Status s = ready_to_transfer(); !s) return s;
  const Result<const Pipeline*> pipeline = pipelines_->get(launch.module, launch.kernel);
  if (!pipeline) return pipeline.error();
  std::vector<const BufferMemory*> buffers;
  for (const LaunchArg& arg : launch.args)
    if (arg.memory) buffers.push_back(static_cast<const BufferMemory*>(arg.memory));
  if (Status s = bindings_->bind(**pipeline, launch, buffers); !s) return s;
  const auto record = [&](VkCommandBuffer commands) { bindings_->record(commands); };
  return submitter_->submit(record, launch.timeout, kernel_prefix(launch.kernel));
}

/// Position in the list of devices: lower comes first.
int rank(DeviceKind kind) {
  switch (kind) {
  case DeviceKind::discrete_gpu:
    return 0;
  case DeviceKind::integrated_gpu:
    return 1;
  case DeviceKind::virtual_gpu:
    return 2;
  case DeviceKind::cpu:
  case DeviceKind::other:
    break;
  }
  return 3;
}

} // namespace

DeviceList list_devices() {
  const Result<std::unique_ptr<Instance>> instance = Instance::create();
  if (!instance) return {{}, instance.error().what()};
  DeviceList list;
  const auto count = static_cast<std::uint32_t>((*instance)->devices().size());
  for (std::uint32_t i = 0; i < count; ++i)
    list.devices.push_back((*instance)->describe(i));
  std::ranges::sort(list.devices, {}, [](const DeviceInfo& device) {
    return std::pair(rank(device.kind), device.index);
  });
  if (count == 0) list.why_none = "the Vulkan loader found no device; install a driver";
  return list;
}

Result<std::shared_ptr<Device>> open_device(const DeviceInfo& info, Transfers transfers) {
  return VulkanDevice::open(info, transfers);
}

} // namespace ring::runtime::vulkan
