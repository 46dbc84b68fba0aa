// One acceptance case: buffers, a sequence of kernel launches over them, and what must hold of the
// buffers afterwards.
//
// A case knows nothing of executors. An executor takes Case::buffers as its initial device memory,
// performs Case::launches in order, reads every buffer back into a Memory and hands that to
// verify() (cases/verify.h), which compares with the handler run by the host compiler
// (Launch::host) and with the known answers (Case::check).
//
//   for (const CaseEntry& entry : all_cases()) {            // cases/all.h: the explicit list
//     if (!executor.has(entry.info.needs)) continue;        // a named skip, shown in the table
//     const Case c = entry.make();                          // inputs are made here, from fixed
//     seeds Verdict v = verify(c, executor.run(c), executor.arithmetic());
//   }
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ring::exec {

struct Dim {
  std::uint32_t x = 1, y = 1, z = 1;
};

/// What a case needs beyond what every target has (8-, 16- and 64-bit integers are emulated where
/// they lack, so they are not needs). A target without one of these refuses the kernel, so its
/// executor skips the case by this name.
enum Needs : std::uint32_t {
  kNone = 0,
  kF64 = 1u << 0,          ///< 64-bit floats
  kInt64Atomics = 1u << 1, ///< 64-bit atomics
  kFloatAtomics = 1u << 2, ///< atomic add on f32 (a compare-exchange loop will do)
  kWarp = 1u << 3,         ///< warp shuffles and votes (WGSL: the feature "subgroups")
  kGamma = 1u << 5,        ///< std::tgamma and std::lgamma (CUDA and CPU only)
  kFences = 1u << 4,       ///< ring::fence, and barriers narrower than a block (WGSL has neither)
};
constexpr Needs operator|(Needs a, Needs b) {
  return static_cast<Needs>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

/// Element type of a buffer. `record` is a struct (or anything else) that is compared byte for
/// byte.
enum class Element : std::uint8_t { i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, record };

/// How strict an executor's floating point is. CPU, CUDA and SPIR-V with the default --fp=strict
/// are `strict`; WGSL's specification allows less (2.5 ulp for a division, contraction, flushed
/// subnormals), so it is `loose`.
enum class Arithmetic : std::uint8_t { strict, loose };

enum class Metric : std::uint8_t {
  exact,   ///< every byte, under every Arithmetic
  ulp,     ///< units in the last place of the larger value; NaN equals NaN; f32 and f64 only
  abs,     ///< |got - expected|
  rel,     ///< |got - expected| / max(|expected|, floor)
  ignored, ///< not an output (scratch memory, or left in an order nobody promised)
};

/// The rule for one buffer after the last launch.
struct Comparison {
  Metric metric = Metric::exact;
  double strict_bound = 0; ///< largest distance accepted of a strict executor
  double loose_bound = 0;  ///< largest distance accepted of a loose one
  double floor = 1;        ///< for Metric::rel
  double outliers = 0; ///< share of the elements that a loose executor may have outside the bound
  std::optional<Element> elements; ///< reads a record as an array of this, e.g. a struct of floats
  std::string reason;              ///< why the bound is not zero, or why the buffer is ignored

  /// Brings got and expected into one order before they are compared, e.g. sorts what an atomic
  /// cursor appended, or clears padding bytes. Empty when the order is fixed.
  std::function<void(std::vector<std::byte>&)> normalize;
};

/// A device buffer. May hold no element at all: the kernel then sees a span of size 0.
struct Buffer {
  std::string name;
  Element element = Element::record;
  std::size_t element_size = 1; ///< bytes; the span's element count is bytes.size() / element_size
  std::vector<std::byte> bytes; ///< contents before the first launch
  Comparison comparison;        ///< default: unchanged or written, every byte as the host has it
};

/// A kernel argument that is `ring::span<T>` or (not writable) `ring::span<const T>` over one whole
/// buffer. No launch names a buffer twice.
struct SpanArg {
  std::size_t buffer = 0; ///< index into Case::buffers
  bool writable = false;
};

/// A scalar or a trivially copyable struct by value.
struct ValueArg {
  std::vector<std::byte> bytes;
  std::size_t align = 1;
};

using Arg = std::variant<SpanArg, ValueArg>;

/// The bytes of each buffer, by the index in Case::buffers.
using Memory = std::vector<std::vector<std::byte>>;

/// One kernel launch. Whole blocks run; blocks is never zero in any dimension and at most 65535.
struct Launch {
  std::string kernel;
  Dim block;             ///< equals the kernel's RING_GLOBAL(.block = …)
  Dim blocks;            ///< the grid, in blocks
  std::vector<Arg> args; ///< in the order of the kernel's parameters

  /// The oracle: the handler itself, compiled by the host compiler, over this memory. The answer of
  /// no case depends on warp_size (1 to 32); the self-test runs several.
  std::function<void(Memory&, std::uint32_t warp_size)> host;
};

struct CaseInfo {
  std::string row;    ///< "A1" … "A18", or "language"
  std::string module; ///< stem of the handler file under kernels/, hence of its artefacts
  std::string name;   ///< unique within the module, [A-Za-z0-9_]+
  Needs needs = kNone;
};

struct Case {
  CaseInfo info;
  std::vector<Buffer> buffers;
  std::vector<Launch> launches; ///< run in order; each sees all writes of those before it

  /// Known answers that hold on every executor and for the oracle too, given the buffers after the
  /// last launch. Returns an empty string, or what is wrong.
  std::function<std::string(const Memory&, Arithmetic)> check;
};

/// A case that has not been built yet: its inputs take memory only while it runs.
struct CaseEntry {
  CaseInfo info;
  std::function<Case()> make;
};

} // namespace ring::exec
