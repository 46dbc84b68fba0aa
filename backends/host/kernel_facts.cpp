#include "backends/host/kernel_facts.h"

#include "ir/analysis/kernel_requirements.h"
#include "ir/analysis/params_layout.h"
#include "ir/walk.h"

#include <algorithm>
#include <set>

namespace ring::backends::host {
namespace {

using namespace ir;

std::uint64_t round_up(std::uint64_t value, std::uint64_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

/// Bytes of the shared variables that a kernel or what it calls refers to.
class SharedBytes {
public:
  void visit(const Function& function) {
    if (!functions_.insert(&function).second) return;
    auto& body = const_cast<Block&>(function.body); // visited, not changed
    for_each_expr(body, [&](Expr*& expr) {
      if (const auto* call = expr->as<Call>()) visit(*call->callee);
      if (const auto* ref = expr->as<GlobalRef>()) visit(*ref->global);
    });
  }
  std::uint64_t total() const { return total_; }

private:
  void visit(const Global& global) {
    if (global.space != AddressSpace::workgroup || !globals_.insert(&global).second) return;
    total_ = round_up(total_, align_of(global.type)) + size_of(global.type);
  }

  std::set<const Function*> functions_;
  std::set<const Global*> globals_;
  std::uint64_t total_ = 0;
};

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
    SharedBytes shared;
    shared.visit(*needs.kernel);
    facts.shared_bytes = shared.total();
    const CapabilitySet capabilities = needs.capabilities();
    for (std::size_t i = 0; i < kCapabilityCount; ++i)
      if (const auto each = static_cast<Capability>(i);
          capabilities.has(each) && is_image_feature(each))
        facts.features.push_back(each);
    add_targets(facts, inputs);
    facts.cpu_entry = inputs.module->name + "_" + needs.kernel->name + "_cpu";
  }
  return all;
}

} // namespace ring::backends::host
