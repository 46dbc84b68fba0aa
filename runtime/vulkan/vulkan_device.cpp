#include "vulkan/vulkan_device.h"

#include "vulkan/context.h"
#include "vulkan/memory.h"
#include "vulkan/params_block.h"
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
  ~VulkanDevice() override;

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
  VulkanDevice() = default;

  Status copy(VkBuffer from, VkBuffer to, std::uint64_t from_offset, std::uint64_t to_offset,
              std::size_t size);
  Status ready_to_transfer();
  Status write_params(const Launch& launch);
  Result<VkDescriptorSet> bind(const Pipeline& pipeline, const Launch& launch);

  // In the order of construction; each refers to the context.
  std::unique_ptr<Context> context_;
  std::unique_ptr<Submitter> submitter_;
  std::unique_ptr<Pipelines> pipelines_;
  std::unique_ptr<BufferMemory> params_;
  std::unique_ptr<BufferMemory> staging_; // made at the first use
  VkDescriptorPool descriptors_ = VK_NULL_HANDLE;
  std::uint32_t descriptor_room_ = 0; // storage buffers that descriptors_ has room for
  bool staged_ = false;
  std::mutex mutex_; // queue, pools and staging memory have one user at a time
};

Result<std::shared_ptr<Device>> VulkanDevice::open(const DeviceInfo& info, Transfers transfers) {
  std::shared_ptr<VulkanDevice> device(new VulkanDevice);
  Result<std::unique_ptr<Context>> context = Context::create(info);
  if (!context) return context.error();
  device->context_ = std::move(*context);
  Result<std::unique_ptr<Submitter>> submitter = Submitter::create(*device->context_);
  if (!submitter) return submitter.error();
  device->submitter_ = std::move(*submitter);
  device->pipelines_ = std::make_unique<Pipelines>(*device->context_);
  device->staged_ = transfers == Transfers::staged || info.kind == DeviceKind::discrete_gpu;
  return std::shared_ptr<Device>(std::move(device));
}

VulkanDevice::~VulkanDevice() {
  if (descriptors_ && !context_->abandoned())
    context_->api().DestroyDescriptorPool(context_->device(), descriptors_, nullptr);
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
  auto memory = BufferMemory::create(*context_, size, Placement::host);
  if (!memory) return memory.error();
  const std::span<std::byte> host((*memory)->mapped(), (*memory)->size());
  std::memset(host.data(), 0, host.size());
  return SharedMemory{std::move(*memory), host};
}

std::string VulkanDevice::why_not_persistent() const {
  return "Vulkan drivers may stop a kernel that runs on";
}

Result<std::unique_ptr<RunningKernel>> VulkanDevice::start(const Launch& launch,
                                                           std::shared_ptr<const void>) {
  return Error(ErrorCode::unsupported,
               kernel_prefix(launch.kernel) + "not persistent on Vulkan; use Schedule::bounded");
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

Status VulkanDevice::write_params(const Launch& launch) {
  if (launch.kernel.params_block_size == 0) return Success{};
  const Result<std::vector<std::byte>> block = pack_params(launch.kernel, launch.args);
  if (!block) return block.error();
  if (!params_ || params_->size() < block->size()) {
    auto memory =
        BufferMemory::create(*context_, std::max<std::size_t>(block->size(), 256), Placement::host);
    if (!memory) return memory.error();
    params_ = std::move(*memory);
  }
  std::memcpy(params_->mapped(), block->data(), block->size());
  return Success{};
}

/// Each launch has the only set of the pool: it is reset first, since no earlier launch still runs.
Result<VkDescriptorSet> VulkanDevice::bind(const Pipeline& pipeline, const Launch& launch) {
  const DeviceApi& api = context_->api();
  const VkDevice device = context_->device();
  const std::string prefix = kernel_prefix(launch.kernel);
  if (!descriptors_ || descriptor_room_ < pipeline.binding_count) {
    if (descriptors_) api.DestroyDescriptorPool(device, descriptors_, nullptr);
    descriptors_ = VK_NULL_HANDLE;
    descriptor_room_ = std::max(pipeline.binding_count, 16u);
    const VkDescriptorPoolSize size{VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, descriptor_room_};
    VkDescriptorPoolCreateInfo create{};
    create.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO;
    create.maxSets = 1;
    create.poolSizeCount = 1;
    create.pPoolSizes = &size;
    if (const VkResult r = api.CreateDescriptorPool(device, &create, nullptr, &descriptors_);
        r != VK_SUCCESS)
      return error_of(r, prefix + "vkCreateDescriptorPool");
  }
  VkResult r = api.ResetDescriptorPool(device, descriptors_, 0);
  VkDescriptorSetAllocateInfo allocate{};
  allocate.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO;
  allocate.descriptorPool = descriptors_;
  allocate.descriptorSetCount = 1;
  allocate.pSetLayouts = &pipeline.set_layout;
  VkDescriptorSet set = VK_NULL_HANDLE;
  if (r == VK_SUCCESS) r = api.AllocateDescriptorSets(device, &allocate, &set);
  if (r != VK_SUCCESS) return error_of(r, prefix + "vkAllocateDescriptorSets");

  std::vector<VkDescriptorBufferInfo> buffers;
  for (const LaunchArg& arg : launch.args) {
    if (!arg.memory) continue;
    const auto& memory = static_cast<const BufferMemory&>(*arg.memory);
    if (memory.size() > context_->limits().maxStorageBufferRange)
      return Error(ErrorCode::unsupported,
                   prefix + "a buffer of " + std::to_string(memory.size()) +
                       " bytes, but the device lets a kernel see " +
                       std::to_string(context_->limits().maxStorageBufferRange) +
                       " of one; split it");
    buffers.push_back({memory.buffer(), 0, VK_WHOLE_SIZE});
  }
  if (launch.kernel.params_block_size != 0)
    buffers.push_back({params_->buffer(), 0, launch.kernel.params_block_size});
  std::vector<VkWriteDescriptorSet> writes(buffers.size());
  for (std::uint32_t i = 0; i < writes.size(); ++i) {
    writes[i].sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
    writes[i].dstSet = set;
    writes[i].dstBinding = i;
    writes[i].descriptorCount = 1;
    writes[i].descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
    writes[i].pBufferInfo = &buffers[i];
  }
  api.UpdateDescriptorSets(device, static_cast<std::uint32_t>(writes.size()), writes.data(), 0,
                           nullptr);
  return set;
}

Status VulkanDevice::run(const Launch& launch) {
  const KernelImage& kernel = launch.kernel;
  for (int axis = 0; axis < 3; ++axis) {
    const std::uint32_t limit = context_->limits().maxComputeWorkGroupCount[axis];
    if (launch.blocks[axis] > limit)
      return Error(ErrorCode::grid_too_large,
                   kernel_prefix(kernel) + std::to_string(launch.blocks[axis]) +
                       " blocks along axis " + "xyz"[axis] + ", but device '" + info().name +
                       "' takes " + std::to_string(limit) +
                       "; use fewer, or spread them over the other axes");
  }
  const std::lock_guard lock(mutex_);
  if (Status s = ready_to_transfer(); !s) return s;
  const Result<const Pipeline*> pipeline = pipelines_->get(launch.module, kernel);
  if (!pipeline) return pipeline.error();
  if (Status s = write_params(launch); !s) return s;
  const Result<VkDescriptorSet> set = bind(**pipeline, launch);
  if (!set) return set.error();
  const auto record = [&](VkCommandBuffer commands) {
    const DeviceApi& api = context_->api();
    api.CmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_COMPUTE, (*pipeline)->pipeline);
    api.CmdBindDescriptorSets(commands, VK_PIPELINE_BIND_POINT_COMPUTE, (*pipeline)->layout, 0, 1,
                              &*set, 0, nullptr);
    api.CmdDispatch(commands, static_cast<std::uint32_t>(launch.blocks[0]),
                    static_cast<std::uint32_t>(launch.blocks[1]),
                    static_cast<std::uint32_t>(launch.blocks[2]));
  };
  return submitter_->submit(record, launch.timeout, kernel_prefix(kernel));
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
