// What the header, the JSON and the image all say about a kernel, computed once.
#pragma once

#include "backends/host/host.h"
#include "ir/capability.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ring::backends::host {

/// The artefacts of an image, in the order of ring::Target (runtime/include/ring/module_image.h).
struct TargetRow {
  std::string_view driver_name; // as in --target=
  std::string_view image_name;  // as ring::name_of(ring::Target) has it
  std::string_view suffix;      // of the artefact's file
  bool is_linked = false;       // the image points to its functions instead of holding its text
};
inline constexpr std::array<TargetRow, 5> kTargets{{{"cpu", "cpu", ".cpu.cpp", true},
                                                    {"cuda", "cuda", ".cu"},
                                                    {"spirv", "spirv_full", ".spv"},
                                                    {"spirv-core", "spirv_core", ".core.spv"},
                                                    {"wgsl", "wgsl", ".wgsl"}}};

/// The artefact of a target, or null when it was not made.
const Artefact* artefact_of(const Inputs& inputs, const TargetRow& target);

struct ParamFacts {
  std::string name;
  ir::TypePtr type = nullptr; // null for the hidden ring_trap
  bool is_span = false;
  bool is_writable = false;       // spans
  std::uint64_t size = 0;         // of an element or of the value
  std::uint64_t align = 1;        // likewise
  std::uint64_t block_offset = 0; // in the params block

  bool is_struct() const { return type && !is_span && !type->is<ir::ScalarType>(); }
};

struct KernelFacts {
  const ir::Function* function = nullptr;
  std::array<std::uint32_t, 3> block{1, 1, 1};
  std::vector<ParamFacts> params; // the hidden one last
  std::uint64_t params_block_size = 0;
  std::uint64_t shared_bytes = 0;
  std::vector<ir::Capability> features; // those that ring::Feature has
  /// By the index in kTargets: the artefact has this kernel, or why it has not.
  std::array<bool, kTargets.size()> is_in{};
  std::array<std::string, kTargets.size()> why_not;
  std::string cpu_entry;    // symbol
  bool is_schedule = false; // one of the two that run the module's actors: no handle of its own
};

/// Of all kernels, in the order of the module.
std::vector<KernelFacts> kernel_facts(const Inputs& inputs);

} // namespace ring::backends::host
