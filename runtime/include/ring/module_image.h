// A compiled module as plain data: what NAME.embed.cpp defines and what a Runtime launches from. It
// holds every artefact, so that one binary can choose its backend as it starts.
//
//   namespace saxpy { extern const ring::ModuleImage module; }   // NAME.ring.h
#pragma once

#include <ring/abi/cpu_block.h>
#include <ring/actor_image.h>
#include <ring/span_access.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace ring {

enum class Target : std::uint8_t { cpu, cuda, spirv_full, spirv_core, wgsl };
inline constexpr std::size_t kTargetCount = 5;
std::string_view name_of(Target target);

/// What a kernel needs beyond what every device has.
enum class Feature : std::uint8_t {
  int8,
  int16,
  int64,
  float16,
  bfloat16,
  float64,
  int64_atomics,
  float_atomics,
  subgroups,
};
inline constexpr std::size_t kFeatureCount = 9;
std::string_view name_of(Feature feature);

/// A set of the values of one small enum.
template <class Enum> class EnumSet {
public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Enum> members) {
    for (Enum member : members)
      add(member);
  }
  constexpr bool has(Enum member) const { return (bits_ & bit(member)) != 0; }
  constexpr void add(Enum member) { bits_ |= bit(member); }
  constexpr bool operator==(const EnumSet&) const = default;

private:
  static constexpr std::uint32_t bit(Enum member) {
    return std::uint32_t{1} << static_cast<std::uint32_t>(member);
  }
  std::uint32_t bits_ = 0;
};

enum class ParamKind : std::uint8_t { span, scalar, structure };

struct ParamImage {
  std::string_view name = {};
  ParamKind kind = ParamKind::scalar;
  SpanAccess access = SpanAccess::none;
  std::uint32_t size = 0;         // bytes: of one element for a span, else of the value
  std::uint32_t align = 1;        // bytes, likewise
  std::uint32_t block_offset = 0; // in the params block: of the value, or of a span's u32 count
};

struct KernelImage {
  std::string_view name = {}; // also the entry point of CUDA, SPIR-V and WGSL
  std::uint32_t block[3] = {1, 1, 1};
  /// In order. With has_trap the last one is the hidden `ring_trap`, which the runtime supplies.
  std::span<const ParamImage> params = {};
  std::uint32_t params_block_size = 0; // bytes, a multiple of 4; 0 when there are no parameters
  std::uint32_t shared_bytes = 0;
  bool has_trap = false;
  EnumSet<Target> targets = {}; // whose artefacts contain this kernel
  EnumSet<Feature> features = {};
  /// By Target: why the kernel is not in that artefact; empty where it is, or where it was not
  /// asked.
  std::string_view unsupported[kTargetCount] = {};
  abi::CpuEntry cpu_entry = nullptr;

  constexpr std::span<const ParamImage> user_params() const {
    return params.first(params.size() - (has_trap ? 1 : 0));
  }
};

struct ModuleImage {
  std::string_view name = {};
  std::string_view source_file = {}; // as ringcc was given it
  std::span<const KernelImage> kernels = {};
  std::span<const std::uint32_t> spirv_full = {};
  std::span<const std::uint32_t> spirv_core = {};
  std::string_view cuda_source = {};
  std::span<const unsigned char> cuda_fatbin = {}; // empty: NVRTC compiles cuda_source
  std::string_view wgsl = {};
  bool fp_strict = true;
  /// 0 for an image with static lifetime. A LoadedModule gives its image a number of its own, so
  /// that a runtime's cache cannot take a new image for an old one at the same address.
  std::uint64_t id = 0;
  /// In the order of their types. They run in the kernels `<name>_bounded` and `<name>_persistent`,
  /// whose parameters are alike.
  std::span<const ActorImage> actors = {};
  /// FNV-1a of the protocol's version and of all layouts that host and device share; 0 without
  /// actors. Modules of equal hash understand each other's states and messages.
  std::uint64_t layout_hash = 0;
};

} // namespace ring
