// The intrinsics: what each is called, what it takes, what it does, how each target spells it.
//
//   if (const Row* row = find_by_name("atomic_add"))                  // from an annotation
//   if (const Row* row = find_by_cpp_name("std::sqrt", {Kind::floating, 32}))
//     Spelling s = row->spelling(Target::spirv, {Kind::floating, 32}); // GLSL.std.450, Sqrt
//
// The rows are data in table.def. Nothing else in the project lists intrinsics.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ring::intrinsics {

enum class Id : std::uint16_t {
#define RING_ROW(id, ...) id,
#include "intrinsics/table.def"
};

enum class Category : std::uint8_t { math, integer, id, barrier, fence, wait, atomic, warp, span };
enum class Effect : std::uint8_t { pure, reads, writes, reads_writes, convergent };
enum class MemoryOrder : std::uint8_t { relaxed, acquire, release, acq_rel, seq_cst };
enum class MemoryScope : std::uint8_t { thread, warp, block, device, system };
enum class Uniformity : std::uint8_t { none, warp, block };
enum class Target : std::uint8_t { cuda, spirv, wgsl, cpu };
inline constexpr std::size_t kTargetCount = 4;

/// A scalar type as far as the table cares: the type that the letter of a signature stands for.
enum class Kind : std::uint8_t { floating, signed_integer, unsigned_integer, boolean };
struct ScalarType {
  Kind kind;
  std::uint8_t bits;
};

/// How a target says it.
struct Spelling {
  enum class Form : std::uint8_t {
    unavailable, // the target cannot
    call,        // text is a function name: text(operands in order)
    expression,  // text is a template, see expand()
    instruction, // SPIR-V: text is an opcode name; `member` >= 0: that member of its result
    extended,    // SPIR-V: text is an instruction of GLSL.std.450
    builtin,     // SPIR-V BuiltIn or WGSL @builtin: an input variable
    library,     // C++ in ring/library/: the function ring::library::<row's name>
    printer,     // the printer has a rule of its own
  };
  Form form = Form::unavailable;
  std::string_view text;
  int member = -1;
};

/// One intrinsic.
///
/// `signature` is "result(operand,...)". F any float, S signed, U unsigned, I any integer, N any
/// integer or float, T any type: the same letter is the same type. Also bool, u32, i32, u64, i64,
/// void, span, V (three u32). A suffix & is an lvalue, * a pointer. Order and scope of atomics and
/// fences are not among the operands: C++ gives them as arguments of the types std::memory_order
/// and ring::MemoryScope, and where it gives none the defaults of the row hold.
struct Row {
  Id id;
  std::string_view name;
  Category category;
  std::string_view
      cpp_names; // separated by blanks; several rows may share one, see find_by_cpp_name
  std::string_view signature;
  Effect effect;
  bool has_order_scope;
  MemoryOrder default_order;
  MemoryScope default_scope;
  Uniformity uniformity;       // the group that must reach it together
  std::string_view capability; // needed for any operand type; capabilities() adds the type's
  std::array<std::string_view, kTargetCount> spellings; // raw, see spelling()

  /// The spelling for operands of `type`. A raw spelling is a list "selector=text;...;text", of
  /// which the first that fits is taken. A selector is f, s, u, i (either integer), a width, or
  /// both
  /// ("u64"), or "fast", which fits only under --fp=fast.
  Spelling spelling(Target target, ScalarType type, bool fast = false) const;

  /// What a device must be able to do for operands of `type`: "float64", "int64", "int64_atomics",
  /// "subgroups", ...
  std::vector<std::string_view> capabilities(ScalarType type) const;

  /// True if the type fits the signature's letter (F, S, U, I, N); any fits where there is none.
  bool accepts(ScalarType type) const;

  /// Number of operands without order and scope.
  std::size_t operand_count() const;
};

/// All rows, in the order of Id.
std::span<const Row> rows();

const Row& find(Id id);

/// By the row's name; null if there is none.
const Row* find_by_name(std::string_view name);

/// By a qualified C++ name or a built-in's name and the type of the first argument (std::min of
/// float and of int are different rows); null if there is none.
const Row* find_by_cpp_name(std::string_view cpp_name, ScalarType type);

/// True if some row has this C++ name, whatever the type.
bool is_cpp_name(std::string_view cpp_name);

/// What may stand in a template, besides the operands.
struct Expansion {
  std::span<const std::string> operands; // {0} {1} ...; {&0} is "&" before operand 0 in parentheses
  ScalarType type;                       // {f}: "f" for a 32-bit float, nothing for a 64-bit one
  MemoryOrder order = MemoryOrder::relaxed; // {order}: __ATOMIC_RELAXED ...
  MemoryScope scope = MemoryScope::device;  // {s}: CUDA's suffix, "_block", "" or "_system"
};

/// The source text of a spelling of form call or expression.
std::string expand(const Spelling& spelling, const Expansion& with);

std::string_view to_string(Category category);
std::string_view to_string(Effect effect);
std::string_view to_string(MemoryOrder order);
std::string_view to_string(MemoryScope scope);
std::string_view to_string(Uniformity uniformity);
std::string_view to_string(Target target);

} // namespace ring::intrinsics
