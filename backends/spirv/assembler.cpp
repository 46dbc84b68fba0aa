#include "backends/spirv/assembler.h"

namespace ring::backends::spirv {
namespace {

void join(Words& to, const Words& from) { to.insert(to.end(), from.begin(), from.end()); }

Words operator+(Words head, const Words& tail) {
  join(head, tail);
  return head;
}

} // namespace

Words string_words(std::string_view text) {
  Words words(text.size() / 4 + 1, 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    words[i / 4] |= static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])) << (i % 4 * 8);
  }
  return words;
}

void Assembler::append(Words& section, spv::Op op, const Words& operands) {
  const auto count = static_cast<std::uint32_t>(operands.size() + 1);
  section.push_back(count << spv::WordCountShift | static_cast<std::uint32_t>(op));
  join(section, operands);
}

Id Assembler::glsl_std_450() {
  if (!glsl_std_450_) glsl_std_450_ = next_id();
  return glsl_std_450_;
}

void Assembler::entry_point(std::string_view name, Id function, const std::vector<Id>& interface) {
  const auto model = static_cast<std::uint32_t>(spv::ExecutionModel::GLCompute);
  append(entry_points_, spv::Op::OpEntryPoint,
         Words{model, function} + string_words(name) + interface);
}

void Assembler::execution_mode(Id function, spv::ExecutionMode mode, const Words& operands) {
  append(execution_modes_, spv::Op::OpExecutionMode,
         Words{function, static_cast<std::uint32_t>(mode)} + operands);
}

Id Assembler::string(std::string_view text) {
  Id& id = strings_[std::string(text)];
  if (!id) {
    id = next_id();
    append(string_section_, spv::Op::OpString, Words{id} + string_words(text));
  }
  return id;
}

void Assembler::name(Id id, std::string_view text) {
  append(names_, spv::Op::OpName, Words{id} + string_words(text));
}

void Assembler::member_name(Id id, std::uint32_t member, std::string_view text) {
  append(names_, spv::Op::OpMemberName, Words{id, member} + string_words(text));
}

void Assembler::decorate(Id id, spv::Decoration decoration, const Words& operands) {
  append(decorations_, spv::Op::OpDecorate,
         Words{id, static_cast<std::uint32_t>(decoration)} + operands);
}

void Assembler::member_decorate(Id id, std::uint32_t member, spv::Decoration decoration,
                                const Words& operands) {
  append(decorations_, spv::Op::OpMemberDecorate,
         Words{id, member, static_cast<std::uint32_t>(decoration)} + operands);
}

Id Assembler::type(spv::Op op, const Words& operands) {
  Id& id = interned_[Words{static_cast<std::uint32_t>(op)} + operands];
  if (!id) id = unique_type(op, operands);
  return id;
}

Id Assembler::unique_type(spv::Op op, const Words& operands) {
  const Id id = next_id();
  append(globals_, op, Words{id} + operands);
  return id;
}

Id Assembler::constant(spv::Op op, Id type, const Words& operands) {
  Id& id = interned_[Words{static_cast<std::uint32_t>(op), type} + operands];
  if (!id) {
    id = next_id();
    append(globals_, op, Words{type, id} + operands);
  }
  return id;
}

Id Assembler::global_variable(Id pointer_type, spv::StorageClass storage, Id initializer) {
  const Id id = next_id();
  Words operands{pointer_type, id, static_cast<std::uint32_t>(storage)};
  if (initializer) operands.push_back(initializer);
  append(globals_, spv::Op::OpVariable, operands);
  return id;
}

void Assembler::begin_function(Id result_type, Id function, Id function_type) {
  const auto control = static_cast<std::uint32_t>(spv::FunctionControlMask::MaskNone);
  append(function_head_, spv::Op::OpFunction, {result_type, function, control, function_type});
}

void Assembler::end_function() {
  // OpFunction and its parameters, the first label, the variables, the code.
  join(functions_, function_head_);
  const std::size_t label_words = 2;
  functions_.insert(functions_.end(), function_body_.begin(),
                    function_body_.begin() + static_cast<std::ptrdiff_t>(label_words));
  join(functions_, function_variables_);
  functions_.insert(functions_.end(),
                    function_body_.begin() + static_cast<std::ptrdiff_t>(label_words),
                    function_body_.end());
  append(functions_, spv::Op::OpFunctionEnd, {});
  function_head_.clear();
  function_variables_.clear();
  function_body_.clear();
}

Id Assembler::function_variable(Id pointer_type) {
  const Id id = next_id();
  append(function_variables_, spv::Op::OpVariable,
         {pointer_type, id, static_cast<std::uint32_t>(spv::StorageClass::Function)});
  return id;
}

void Assembler::op(spv::Op op, const Words& operands) {
  Words& section = op == spv::Op::OpFunctionParameter ? function_head_ : function_body_;
  append(section, op, operands);
}

Id Assembler::value(spv::Op op, Id result_type, const Words& operands) {
  const Id id = next_id();
  this->op(op, Words{result_type, id} + operands);
  return id;
}

Words Assembler::finish() const {
  constexpr std::uint32_t kGenerator = 0; // not registered
  Words words{spv::MagicNumber, version_, kGenerator, next_id_, 0};
  for (spv::Capability capability : capabilities_) {
    append(words, spv::Op::OpCapability, {static_cast<std::uint32_t>(capability)});
  }
  for (const std::string& extension : extensions_) {
    append(words, spv::Op::OpExtension, string_words(extension));
  }
  if (glsl_std_450_) {
    append(words, spv::Op::OpExtInstImport, Words{glsl_std_450_} + string_words("GLSL.std.450"));
  }
  append(words, spv::Op::OpMemoryModel,
         {static_cast<std::uint32_t>(spv::AddressingModel::Logical),
          static_cast<std::uint32_t>(spv::MemoryModel::Vulkan)});
  for (const Words* section : {&entry_points_, &execution_modes_, &string_section_, &names_,
                               &decorations_, &globals_, &functions_}) {
    join(words, *section);
  }
  return words;
}

} // namespace ring::backends::spirv
