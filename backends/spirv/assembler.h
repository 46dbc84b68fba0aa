// The binary form of a SPIR-V module: instructions in the sections that the specification orders
// (2.4, Logical Layout of a Module), types and constants once each.
#pragma once

#include <spirv/unified1/spirv.hpp11>

#include <cstdint>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ring::backends::spirv {

using Id = std::uint32_t;
using Words = std::vector<std::uint32_t>;

/// A literal string as SPIR-V has it: UTF-8, NUL-terminated, padded to whole words.
Words string_words(std::string_view text);

class Assembler {
public:
  /// `version` is the word of the header: 0x00010300 is 1.3.
  explicit Assembler(std::uint32_t version) : version_(version) {}

  Id next_id() { return next_id_++; }
  std::uint32_t version() const { return version_; }

  void capability(spv::Capability capability) { capabilities_.insert(capability); }
  void extension(std::string_view name) { extensions_.insert(std::string(name)); }
  /// GLSL.std.450, imported at the first use.
  Id glsl_std_450();

  void entry_point(std::string_view name, Id function, const std::vector<Id>& interface);
  void execution_mode(Id function, spv::ExecutionMode mode, const Words& operands);
  /// OpString; the same id for the same text.
  Id string(std::string_view text);
  void name(Id id, std::string_view text);
  void member_name(Id id, std::uint32_t member, std::string_view text);
  void decorate(Id id, spv::Decoration decoration, const Words& operands = {});
  void member_decorate(Id id, std::uint32_t member, spv::Decoration decoration,
                       const Words& operands = {});

  /// A type, constant or global instruction that has a result id but no result type; equal ones
  /// give one id.
  Id type(spv::Op op, const Words& operands);
  /// The same without looking for an equal one: structs, which are nominal.
  Id unique_type(spv::Op op, const Words& operands);
  Id constant(spv::Op op, Id type, const Words& operands);
  Id global_variable(Id pointer_type, spv::StorageClass storage, Id initializer = 0);

  /// The code of the function that is being written. Variables go to the start of its first block.
  void begin_function(Id result_type, Id function, Id function_type);
  void end_function();
  Id function_variable(Id pointer_type);
  void op(spv::Op op, const Words& operands);
  Id value(spv::Op op, Id result_type, const Words& operands);

  /// The whole module, header included.
  Words finish() const;

private:
  static void append(Words& section, spv::Op op, const Words& operands);

  std::uint32_t version_;
  Id next_id_ = 1;
  std::set<spv::Capability> capabilities_;
  std::set<std::string> extensions_;
  Id glsl_std_450_ = 0;
  std::map<std::string, Id> strings_;
  std::map<Words, Id> interned_;
  Words entry_points_;
  Words execution_modes_;
  Words string_section_;
  Words names_;
  Words decorations_;
  Words globals_;
  Words functions_;
  // The current function: its header up to the first label, its variables, the rest.
  Words function_head_;
  Words function_variables_;
  Words function_body_;
};

} // namespace ring::backends::spirv
