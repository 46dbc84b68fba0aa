// The pipelines of the kernels that were run, made at the first run of each.
#pragma once

#include "vulkan/context.h"

#include <ring/module_image.h>

#include <map>
#include <memory>
#include <string>
#include <tuple>

namespace ring::runtime::vulkan {

/// Of one kernel. Bindings 0 … span_count - 1 are the spans; the params block has the last one.
struct Pipeline {
  VkDescriptorSetLayout set_layout = VK_NULL_HANDLE;
  VkPipelineLayout layout = VK_NULL_HANDLE;
  VkPipeline pipeline = VK_NULL_HANDLE;
  std::uint32_t binding_count = 0;
};

class Pipelines {
public:
  explicit Pipelines(const Context& context) : context_(context) {}
  ~Pipelines();
  Pipelines(const Pipelines&) = delete;
  Pipelines& operator=(const Pipelines&) = delete;

  /// Picks the profile: full where the device takes that binary, else core. The pointer stays valid
  /// as long as this object.
  Result<const Pipeline*> get(const ModuleImage& module, const KernelImage& kernel);

private:
  using ModuleKey = std::tuple<const ModuleImage*, std::uint64_t, Target>;
  using KernelKey = std::tuple<const ModuleImage*, std::uint64_t, std::string>;

  Result<Target> choose(const ModuleImage& module, const KernelImage& kernel) const;
  Result<VkShaderModule> shader_module(const ModuleImage& module, const KernelImage& kernel,
                                       Target profile);
  Status build(Pipeline& pipeline, const ModuleImage& module, const KernelImage& kernel);
  void destroy(const Pipeline& pipeline);

  const Context& context_;
  std::map<ModuleKey, VkShaderModule> modules_;
  std::map<KernelKey, std::unique_ptr<Pipeline>> pipelines_;
};

} // namespace ring::runtime::vulkan
