#include "vulkan/pipelines.h"

#include "core/device.h"

#include <algorithm>

namespace ring::runtime::vulkan {
namespace {

std::span<const std::uint32_t> words_of(const ModuleImage& module, Target profile) {
  return profile == Target::spirv_full ? module.spirv_full : module.spirv_core;
}

std::uint32_t binding_count(const KernelImage& kernel) {
  const auto spans = std::ranges::count(kernel.params, ParamKind::span, &ParamImage::kind);
  return static_cast<std::uint32_t>(spans) + (kernel.params_block_size != 0 ? 1 : 0);
}

/// The block is part of the code, so a device that is too small for it cannot run the kernel at
/// all.
Status check_limits(const VkPhysicalDeviceLimits& limits, const KernelImage& kernel,
                    std::uint32_t bindings) {
  const auto [x, y, z] = kernel.block;
  const auto refuse = [&](const std::string& what, std::uint64_t has, std::uint64_t limit) {
    return Error(ErrorCode::unsupported, kernel_prefix(kernel) + what + " " + std::to_string(has) +
                                             ", but the device allows " + std::to_string(limit));
  };
  const std::uint64_t threads = std::uint64_t{x} * y * z;
  if (threads > limits.maxComputeWorkGroupInvocations)
    return refuse("threads of a block:", threads, limits.maxComputeWorkGroupInvocations);
  for (int axis = 0; axis < 3; ++axis)
    if (kernel.block[axis] > limits.maxComputeWorkGroupSize[axis])
      return refuse("threads of a block along one axis:", kernel.block[axis],
                    limits.maxComputeWorkGroupSize[axis]);
  if (kernel.shared_bytes > limits.maxComputeSharedMemorySize)
    return refuse("bytes of shared memory:", kernel.shared_bytes,
                  limits.maxComputeSharedMemorySize);
  const std::uint32_t buffers =
      std::min(limits.maxPerStageDescriptorStorageBuffers, limits.maxDescriptorSetStorageBuffers);
  if (bindings > buffers) return refuse("buffers, the params block included:", bindings, buffers);
  return Success{};
}

} // namespace

Pipelines::~Pipelines() {
  if (context_.abandoned()) return;
  for (const auto& [key, pipeline] : pipelines_)
    destroy(*pipeline);
  for (const auto& [key, module] : modules_)
    context_.api().DestroyShaderModule(context_.device(), module, nullptr);
}

Result<Target> Pipelines::choose(const ModuleImage& module, const KernelImage& kernel) const {
  std::string reasons;
  for (Target profile : {Target::spirv_full, Target::spirv_core}) {
    std::string why;
    if (!kernel.targets.has(profile) || words_of(module, profile).empty()) {
      why = kernel.unsupported[static_cast<std::size_t>(profile)];
      if (why.empty()) why = "the module was built without it";
    } else {
      const std::string missing = missing_for(context_.features(), words_of(module, profile));
      if (missing.empty()) return profile;
      why = "the device lacks " + missing;
    }
    reasons += (reasons.empty() ? "" : "; ") + std::string(name_of(profile)) + ": " + why;
  }
  return Error(ErrorCode::unsupported, kernel_prefix(kernel) + "no SPIR-V for device '" +
                                           context_.info().name + "': " + reasons);
}

Result<VkShaderModule> Pipelines::shader_module(const ModuleImage& module,
                                                const KernelImage& kernel, Target profile) {
  const ModuleKey key{&module, module.id, profile};
  if (const auto found = modules_.find(key); found != modules_.end()) return found->second;
  const std::span<const std::uint32_t> words = words_of(module, profile);
  VkShaderModuleCreateInfo create{};
  create.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO;
  create.codeSize = words.size_bytes();
  create.pCode = words.data();
  VkShaderModule shader = VK_NULL_HANDLE;
  if (const VkResult r =
          context_.api().CreateShaderModule(context_.device(), &create, nullptr, &shader);
      r != VK_SUCCESS)
    return error_of(r, kernel_prefix(kernel) + "the driver refused the SPIR-V module",
                    ErrorCode::compile_failed);
  modules_.emplace(key, shader);
  return shader;
}

Result<const Pipeline*> Pipelines::get(const ModuleImage& module, const KernelImage& kernel) {
  const KernelKey key{&module, module.id, std::string(kernel.name)};
  if (const auto found = pipelines_.find(key); found != pipelines_.end())
    return found->second.get();
  auto pipeline = std::make_unique<Pipeline>();
  if (Status s = build(*pipeline, module, kernel); !s) {
    destroy(*pipeline);
    return s.error();
  }
  return pipelines_.emplace(key, std::move(pipeline)).first->second.get();
}

void Pipelines::destroy(const Pipeline& p) {
  const DeviceApi& api = context_.api();
  if (p.pipeline) api.DestroyPipeline(context_.device(), p.pipeline, nullptr);
  if (p.layout) api.DestroyPipelineLayout(context_.device(), p.layout, nullptr);
  if (p.set_layout) api.DestroyDescriptorSetLayout(context_.device(), p.set_layout, nullptr);
}

Status Pipelines::build(Pipeline& pipeline, const ModuleImage& module, const KernelImage& kernel) {
  const DeviceApi& api = context_.api();
  const VkDevice device = context_.device();
  pipeline.binding_count = binding_count(kernel);
  if (Status s = check_limits(context_.limits(), kernel, pipeline.binding_count); !s) return s;
  const Result<Target> profile = choose(module, kernel);
  if (!profile) return profile.error();
  const Result<VkShaderModule> shader = shader_module(module, kernel, *profile);
  if (!shader) return shader.error();

  std::vector<VkDescriptorSetLayoutBinding> bindings(pipeline.binding_count);
  for (std::uint32_t i = 0; i < bindings.size(); ++i)
    bindings[i] = {i, VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, 1, VK_SHADER_STAGE_COMPUTE_BIT, nullptr};
  VkDescriptorSetLayoutCreateInfo set{};
  set.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO;
  set.bindingCount = pipeline.binding_count;
  set.pBindings = bindings.data();
  VkResult r = api.CreateDescriptorSetLayout(device, &set, nullptr, &pipeline.set_layout);
  if (r != VK_SUCCESS) return error_of(r, kernel_prefix(kernel) + "vkCreateDescriptorSetLayout");
  VkPipelineLayoutCreateInfo layout{};
  layout.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO;
  layout.setLayoutCount = 1;
  layout.pSetLayouts = &pipeline.set_layout;
  r = api.CreatePipelineLayout(device, &layout, nullptr, &pipeline.layout);
  if (r != VK_SUCCESS) return error_of(r, kernel_prefix(kernel) + "vkCreatePipelineLayout");

  const std::string entry(kernel.name);
  VkComputePipelineCreateInfo create{};
  create.sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO;
  create.layout = pipeline.layout;
  create.stage.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
  create.stage.stage = VK_SHADER_STAGE_COMPUTE_BIT;
  create.stage.module = *shader;
  create.stage.pName = entry.c_str();

  // A driver may otherwise choose another subgroup size than it reports, or leave lanes empty: then
  // lane_id() and warp_id() would not be what DeviceInfo::warp_size promises.
  const DeviceFeatures& features = context_.features();
  VkPipelineShaderStageRequiredSubgroupSizeCreateInfo size{};
  size.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_REQUIRED_SUBGROUP_SIZE_CREATE_INFO;
  size.requiredSubgroupSize = features.subgroup_size;
  const std::uint64_t threads = std::uint64_t{kernel.block[0]} * kernel.block[1] * kernel.block[2];
  if (features.sized_subgroups && uses_subgroups(words_of(module, *profile)) &&
      threads <= std::uint64_t{features.subgroup_size} * features.max_workgroup_subgroups) {
    create.stage.pNext = &size;
    if (features.full_subgroups && kernel.block[0] % features.subgroup_size == 0)
      create.stage.flags = VK_PIPELINE_SHADER_STAGE_CREATE_REQUIRE_FULL_SUBGROUPS_BIT;
  }
  r = api.CreateComputePipelines(device, VK_NULL_HANDLE, 1, &create, nullptr, &pipeline.pipeline);
  if (r != VK_SUCCESS)
    return error_of(r, kernel_prefix(kernel) + "the driver could not compile it",
                    ErrorCode::compile_failed);
  return Success{};
}

} // namespace ring::runtime::vulkan
