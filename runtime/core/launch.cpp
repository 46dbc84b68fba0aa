#include "core/launch.h"

#include <ring/abi/trap_record.h>

#include <array>
#include <cstring>

namespace ring::runtime {
namespace {

Error wrong(const KernelImage& kernel, const std::string& what) {
  return Error(ErrorCode::invalid_argument, kernel_prefix(kernel) + what);
}

std::string describe(const ParamImage& param, std::size_t index) {
  return "argument " + std::to_string(index) + " ('" + std::string(param.name) + "')";
}

/// What is wrong with one argument, or nothing.
std::string fault(const Device& device, const ParamImage& param, const RawArg& arg) {
  const bool is_buffer = arg.kind != RawArg::Kind::value;
  if (param.kind != ParamKind::span) {
    if (is_buffer) return "is a buffer, but the parameter is a value";
    if (arg.bytes.size() != param.size)
      return "has " + std::to_string(arg.bytes.size()) + " bytes, but the parameter has " +
             std::to_string(param.size) + "; was the module built from other sources?";
    return {};
  }
  if (!is_buffer) return "is a value, but the parameter is a span; give a buffer";
  if (!arg.memory) return "is an empty buffer that no runtime made; use upload() or alloc()";
  if (arg.device != &device) return "is a buffer of another Runtime; make it with this one";
  if (param.access == SpanAccess::read_write && arg.kind == RawArg::Kind::buffer_read)
    return "is a const buffer, but the kernel writes it";
  if (arg.memory_bytes % param.size != 0)
    return "has " + std::to_string(arg.memory_bytes) + " bytes, no multiple of the element's " +
           std::to_string(param.size);
  return {};
}

/// Spans of a kernel must not overlap where one is written: SPIR-V and WGSL promise nothing then,
/// and what works on one backend must work on all.
Status check_aliases(const KernelImage& kernel, std::span<const RawArg> args) {
  const auto params = kernel.user_params();
  for (std::size_t a = 0; a < args.size(); ++a)
    for (std::size_t b = a + 1; b < args.size(); ++b)
      if (args[a].memory && args[a].memory == args[b].memory &&
          (params[a].access == SpanAccess::read_write ||
           params[b].access == SpanAccess::read_write))
        return wrong(kernel, describe(params[b], b) + " is the same buffer as " +
                                 describe(params[a], a) +
                                 " and one of them is written; give each its own");
  return Success{};
}

Result<std::vector<LaunchArg>> check_args(const Device& device, const KernelImage& kernel,
                                          std::span<const RawArg> args) {
  const auto params = kernel.user_params();
  if (args.size() != params.size())
    return wrong(kernel, std::to_string(args.size()) + " arguments given, but it has " +
                             std::to_string(params.size()) + " parameters");
  std::vector<LaunchArg> checked;
  checked.reserve(kernel.params.size());
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (const std::string what = fault(device, params[i], args[i]); !what.empty())
      return wrong(kernel, describe(params[i], i) + " " + what);
    const bool is_span = params[i].kind == ParamKind::span;
    checked.push_back(
        {args[i].memory, is_span ? args[i].memory_bytes / params[i].size : 0, args[i].bytes});
  }
  if (Status s = check_aliases(kernel, args); !s) return s.error();
  return checked;
}

Result<std::array<std::uint64_t, 3>> blocks_of(const KernelImage& kernel,
                                               const RunOptions& options) {
  const Extents& threads = options.threads;
  const Extents& blocks = options.blocks;
  if (threads.given == blocks.given)
    return wrong(kernel, "give either .threads or .blocks in the run options");
  if (blocks.given) return std::array{blocks.x, blocks.y, blocks.z};
  const std::uint64_t wanted[3] = {threads.x, threads.y, threads.z};
  std::array<std::uint64_t, 3> result;
  for (int axis = 0; axis < 3; ++axis) {
    const std::uint64_t block = kernel.block[axis];
    result[axis] = wanted[axis] / block + (wanted[axis] % block != 0);
  }
  return result;
}

Status report_trap(Device& device, const ModuleImage& module, const KernelImage& kernel,
                   const Memory& memory) {
  std::array<std::byte, sizeof(abi::TrapRecord)> bytes;
  if (Status s = device.download(memory, bytes); !s) return s;
  abi::TrapRecord record;
  std::memcpy(&record, bytes.data(), sizeof record);
  if (record.state == abi::TrapState::none) return Success{};
  return Error(ErrorCode::out_of_bounds,
               std::string(module.source_file) + ":" + std::to_string(record.line) + ": " +
                   kernel_prefix(kernel) + "index " + std::to_string(abi::wide(record.index)) +
                   " is outside a span of " + std::to_string(abi::wide(record.size)) + " elements");
}

} // namespace

Status launch(Device& device, const ModuleImage& module, const KernelImage& kernel,
              const RunOptions& options, std::span<const RawArg> args) {
  Result<std::vector<LaunchArg>> checked = check_args(device, kernel, args);
  if (!checked) return checked.error();
  const Result<std::array<std::uint64_t, 3>> blocks = blocks_of(kernel, options);
  if (!blocks) return blocks.error();
  const auto& [x, y, z] = *blocks;
  if (x == 0 || y == 0 || z == 0) return Success{};

  std::unique_ptr<Memory> trap;
  if (kernel.has_trap) {
    auto memory = device.allocate(sizeof(abi::TrapRecord));
    if (!memory) return memory.error();
    trap = std::move(*memory);
    checked->push_back({trap.get(), abi::kTrapWords, {}});
  }
  const Launch request{module, kernel, {x, y, z}, *checked, options.timeout};
  if (Status s = device.run(request); !s) return s;
  return trap ? report_trap(device, module, kernel, *trap) : Success{};
}

} // namespace ring::runtime
