#include "backends/host/kernel_facts.h"

#include "backends/host/actor_facts.h"
#include "ir/analysis/kernel_requirements.h"
#include "ir/analysis/kernel_resources.h"
#include "ir/analysis/params_layout.h"

#include <algorithm>

namespace ring::backends::host {
namespace {

using namespace ir;

bool is_image_feature(Capability capability) {
  return capability != Capability::pointers && capability != Capability::byte_layout;
}

void add_params(KernelFacts& facts, const Inputs& inputs) {
  const analysis::ParamsLayout layout = analysis::params_layout(*facts.function);
  facts.params_block_size = layout.size;
  for (const analysis::ParamsLayout::Param& from : layout.params) {
    ParamFacts& param = facts.params.emplace_back();
    param.name = from.local->name;
    param.type = from.is_span ? from.element : from.local->type;
    param.is_span = from.is_span;
    param.is_writable = from.is_span && from.access == Access::read_write;
    param.size = size_of(param.type);
    param.align = align_of(param.type);
    param.block_offset = from.offset;
  }
  if (!inputs.has_trap) return;
  // The pass that adds the parameter appends a span, so its count follows as the next u32.
  constexpr std::uint64_t kWord = 4;
  facts.params.push_back({"ring_trap", nullptr, true, true, kWord, kWord, facts.params_block_size});
  facts.params_block_size += kWord;
}

void add_targets(KernelFacts& facts, const Inputs& inputs) {
  for (std::size_t i = 0; i < kTargets.size(); ++i) {
    const auto omitted = inputs.omitted.find(std::string(kTargets[i].driver_name));
    if (omitted != inputs.omitted.end()) {
      const auto reason = omitted->second.find(facts.function->name);
      if (reason != omitted->second.end()) facts.why_not[i] = reason->second;
    }
    facts.is_in[i] = facts.why_not[i].empty() && artefact_of(inputs, kTargets[i]) != nullptr;
  }
}

} // namespace

const Artefact* artefact_of(const Inputs& inputs, const TargetRow& target) {
  const auto found = inputs.artefacts.find(std::string(target.driver_name));
  if (found == inputs.artefacts.end()) return nullptr;
  const bool is_empty =
      std::visit([](const auto& content) { return content.empty(); }, found->second);
  return is_empty ? nullptr : &found->second;
}

std::vector<KernelFacts> kernel_facts(const Inputs& inputs) {
  std::vector<KernelFacts> all;
  for (const analysis::KernelRequirements& needs : analysis::kernel_requirements(*inputs.module)) {
    KernelFacts& facts = all.emplace_back();
    facts.function = needs.kernel;
    facts.block = std::get<GlobalKernel>(needs.kernel->kernel->kind).block;
    add_params(facts, inputs);
    facts.shared_bytes = analysis::resources_of(*needs.kernel).shared_bytes;
    const CapabilitySet capabilities = needs.capabilities();
    for (std::size_t i = 0; i < kCapabilityCount; ++i)
      if (const auto each = static_cast<Capability>(i);
          capabilities.has(each) && is_image_feature(each))
        facts.features.push_back(each);
    add_targets(facts, inputs);
    facts.is_schedule = is_schedule(inputs, *needs.kernel);
    facts.cpu_entry = inputs.module->name + "_" + needs.kernel->name + "_cpu";
  }
  return all;
}

} // namespace ring::backends::host
