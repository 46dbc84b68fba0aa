#include "launch_plan.h"

#include <ring/abi/trap_record.h>

#include <algorithm>
#include <cstring>

namespace ring::exec {
namespace {

std::string text_of(const std::uint32_t (&block)[3]) {
  return std::to_string(block[0]) + "x" + std::to_string(block[1]) + "x" + std::to_string(block[2]);
}

/// Empty if the argument is what the parameter takes.
std::string mismatch(const ParamImage& param, const Arg& arg, const Case& c) {
  const std::string name = "parameter '" + std::string(param.name) + "'";
  if (const auto* value = std::get_if<ValueArg>(&arg)) {
    if (param.kind == ParamKind::span) return name + " is a span, the case gives a value";
    if (param.size != value->bytes.size())
      return name + " has " + std::to_string(param.size) + " bytes, the case gives " +
             std::to_string(value->bytes.size());
    return {};
  }
  const auto& span = std::get<SpanArg>(arg);
  if (param.kind != ParamKind::span) return name + " is a value, the case gives a span";
  if (param.size != c.buffers[span.buffer].element_size)
    return name + " has elements of " + std::to_string(param.size) + " bytes, the case has " +
           std::to_string(c.buffers[span.buffer].element_size);
  if (span.writable != (param.access == SpanAccess::read_write))
    return name + " has another access than in the case";
  return {};
}

std::string mismatch(const KernelImage& kernel, const Launch& launch, const Case& c) {
  const std::uint32_t block[3] = {launch.block.x, launch.block.y, launch.block.z};
  if (!std::equal(block, block + 3, kernel.block))
    return "has blocks of " + text_of(kernel.block) + ", the case wants " + text_of(block);
  const auto params = kernel.user_params();
  if (params.size() != launch.args.size())
    return "has " + std::to_string(params.size()) + " parameters, the case gives " +
           std::to_string(launch.args.size());
  for (std::size_t i = 0; i < params.size(); ++i)
    if (std::string wrong = mismatch(params[i], launch.args[i], c); !wrong.empty()) return wrong;
  return {};
}

std::string absence(const KernelImage& kernel, Target target) {
  if (kernel.targets.has(target)) return {};
  const std::string_view why = kernel.unsupported[static_cast<std::size_t>(target)];
  return why.empty() ? "no reason is given" : std::string(why);
}

} // namespace

LaunchPlan plan_launches(const LoadedModule& module, const Case& c, Target target) {
  LaunchPlan plan;
  for (const Launch& launch : c.launches) {
    const KernelImage* const kernel = module.find(launch.kernel);
    const std::string prefix = "kernel '" + launch.kernel + "' ";
    if (!kernel) return {{}, prefix + "is not in the module"};
    if (std::string why = absence(*kernel, target); !why.empty())
      return {{},
              prefix + "is not in the artefact for " + std::string(name_of(target)) + ": " + why};
    if (std::string wrong = mismatch(*kernel, launch, c); !wrong.empty())
      return {{}, prefix + wrong};
    plan.kernels.push_back(kernel);
  }
  return plan;
}

std::string reason_for_absence(const LoadedModule& module, const Case& c, Target target) {
  for (const Launch& launch : c.launches) {
    const KernelImage* const kernel = module.find(launch.kernel);
    if (!kernel) continue;
    if (std::string why = absence(*kernel, target); !why.empty()) return why;
  }
  return {};
}

std::vector<std::byte> pack_params(const KernelImage& kernel, const Launch& launch, const Case& c) {
  std::vector<std::byte> block(kernel.params_block_size);
  const auto put = [&](std::size_t offset, const void* bytes, std::size_t size) {
    std::memcpy(block.data() + offset, bytes, size);
  };
  for (std::size_t i = 0; i < launch.args.size(); ++i) {
    const ParamImage& param = kernel.params[i];
    if (const auto* value = std::get_if<ValueArg>(&launch.args[i])) {
      put(param.block_offset, value->bytes.data(), value->bytes.size());
      continue;
    }
    const Buffer& buffer = c.buffers[std::get<SpanArg>(launch.args[i]).buffer];
    const auto count = static_cast<std::uint32_t>(buffer.bytes.size() / buffer.element_size);
    put(param.block_offset, &count, sizeof count);
  }
  if (kernel.has_trap)
    put(kernel.params.back().block_offset, &abi::kTrapWords, sizeof abi::kTrapWords);
  return block;
}

std::string describe_trap(const KernelImage& kernel, const std::vector<std::byte>& words) {
  abi::TrapRecord record;
  if (words.size() != sizeof record) return "the trap record has the wrong size";
  std::memcpy(&record, words.data(), sizeof record);
  if (record.state == abi::TrapState::none) return {};
  return "kernel '" + std::string(kernel.name) + "' left a span at line " +
         std::to_string(record.line) + ": index " + std::to_string(abi::wide(record.index)) +
         " of " + std::to_string(abi::wide(record.size));
}

} // namespace ring::exec
