#include "vulkan/bindings.h"

#include "vulkan/params_block.h"

#include <algorithm>
#include <cstring>

namespace ring::runtime::vulkan {

Bindings::~Bindings() {
  if (descriptors_ && !context_.abandoned())
    context_.api().DestroyDescriptorPool(context_.device(), descriptors_, nullptr);
}

Status Bindings::write_params(const Launch& launch) {
  if (launch.kernel.params_block_size == 0) return Success{};
  const Result<std::vector<std::byte>> block = pack_params(launch.kernel, launch.args);
  if (!block) return block.error();
  if (!params_ || params_->size() < block->size()) {
    auto memory =
        BufferMemory::create(context_, std::max<std::size_t>(block->size(), 256), Placement::host);
    if (!memory) return memory.error();
    params_ = std::move(*memory);
  }
  std::memcpy(params_->mapped(), block->data(), block->size());
  return Success{};
}

Status Bindings::make_room(std::uint32_t buffers, const std::string& prefix) {
  const DeviceApi& api = context_.api();
  if (descriptors_ && room_ >= buffers) {
    if (const VkResult r = api.ResetDescriptorPool(context_.device(), descriptors_, 0);
        r != VK_SUCCESS)
      return error_of(r, prefix + "vkResetDescriptorPool");
    return Success{};
  }
  if (descriptors_) api.DestroyDescriptorPool(context_.device(), descriptors_, nullptr);
  descriptors_ = VK_NULL_HANDLE;
  room_ = std::max(buffers, 16u);
  const VkDescriptorPoolSize size{VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, room_};
  VkDescriptorPoolCreateInfo create{};
  create.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO;
  create.maxSets = 1;
  create.poolSizeCount = 1;
  create.pPoolSizes = &size;
  if (const VkResult r =
          api.CreateDescriptorPool(context_.device(), &create, nullptr, &descriptors_);
      r != VK_SUCCESS)
    return error_of(r, prefix + "vkCreateDescriptorPool");
  return Success{};
}

Status Bindings::bind(const Pipeline& pipeline, const Launch& launch,
                      std::span<const BufferMemory* const> memories) {
  const DeviceApi& api = context_.api();
  const std::string prefix = kernel_prefix(launch.kernel);
  if (Status s = write_params(launch); !s) return s;
  if (Status s = make_room(pipeline.binding_count, prefix); !s) return s;
  VkDescriptorSetAllocateInfo allocate{};
  allocate.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO;
  allocate.descriptorPool = descriptors_;
  allocate.descriptorSetCount = 1;
  allocate.pSetLayouts = &pipeline.set_layout;
  if (const VkResult r = api.AllocateDescriptorSets(context_.device(), &allocate, &set_);
      r != VK_SUCCESS)
    return error_of(r, prefix + "vkAllocateDescriptorSets");

  std::vector<VkDescriptorBufferInfo> buffers;
  for (const BufferMemory* memory : memories) {
    if (memory->size() > context_.limits().maxStorageBufferRange)
      return Error(ErrorCode::unsupported,
                   prefix + "a buffer of " + std::to_string(memory->size()) +
                       " bytes, but the device lets a kernel see " +
                       std::to_string(context_.limits().maxStorageBufferRange) +
                       " of one; split it");
    buffers.push_back({memory->buffer(), 0, VK_WHOLE_SIZE});
  }
  if (launch.kernel.params_block_size != 0)
    buffers.push_back({params_->buffer(), 0, launch.kernel.params_block_size});
  std::vector<VkWriteDescriptorSet> writes(buffers.size());
  for (std::uint32_t i = 0; i < writes.size(); ++i) {
    writes[i].sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
    writes[i].dstSet = set_;
    writes[i].dstBinding = i;
    writes[i].descriptorCount = 1;
    writes[i].descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
    writes[i].pBufferInfo = &buffers[i];
  }
  api.UpdateDescriptorSets(context_.device(), static_cast<std::uint32_t>(writes.size()),
                           writes.data(), 0, nullptr);
  pipeline_ = &pipeline;
  for (int axis = 0; axis < 3; ++axis)
    blocks_[axis] = static_cast<std::uint32_t>(launch.blocks[axis]);
  return Success{};
}

void Bindings::record(VkCommandBuffer commands) const {
  const DeviceApi& api = context_.api();
  api.CmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline_->pipeline);
  api.CmdBindDescriptorSets(commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline_->layout, 0, 1,
                            &set_, 0, nullptr);
  api.CmdDispatch(commands, blocks_[0], blocks_[1], blocks_[2]);
}

Status check_grid(const Context& context, const Launch& launch) {
  for (int axis = 0; axis < 3; ++axis) {
    const std::uint32_t limit = context.limits().maxComputeWorkGroupCount[axis];
    if (launch.blocks[axis] <= limit) continue;
    return Error(ErrorCode::grid_too_large,
                 kernel_prefix(launch.kernel) + std::to_string(launch.blocks[axis]) +
                     " blocks along axis " + "xyz"[axis] + ", but device '" + context.info().name +
                     "' takes " + std::to_string(limit) +
                     "; use fewer, or spread them over the other axes");
  }
  return Success{};
}

} // namespace ring::runtime::vulkan
