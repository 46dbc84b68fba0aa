// Lookups in the table, and the spelling language. The rows themselves are in table.def.
#include "intrinsics/table.h"

#include <algorithm>
#include <string>

namespace ring::intrinsics {
namespace {

constexpr Row kRows[] = {
#define RING_ROW(id, category, cpp, signature, effect, has_order_scope, order, scope, uniformity,  \
                 capability, cuda, spirv, wgsl, cpu)                                               \
  {Id::id,                                                                                         \
   #id,                                                                                            \
   Category::category,                                                                             \
   cpp,                                                                                            \
   signature,                                                                                      \
   Effect::effect,                                                                                 \
   has_order_scope,                                                                                \
   MemoryOrder::order,                                                                             \
   MemoryScope::scope,                                                                             \
   Uniformity::uniformity,                                                                         \
   capability,                                                                                     \
   {cuda, spirv, wgsl, cpu}},
#include "intrinsics/table.def"
};

struct CppName {
  std::string_view name;
  const Row* row;
};

/// Calls f(part) for each part of `text` between separators.
template <typename F> void split(std::string_view text, char separator, F f) {
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (end > 0) f(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

const std::vector<CppName>& cpp_names() {
  static const std::vector<CppName> sorted = [] {
    std::vector<CppName> names;
    for (const Row& row : kRows)
      split(row.cpp_names, ' ', [&](std::string_view name) { names.push_back({name, &row}); });
    std::ranges::stable_sort(names, {}, &CppName::name);
    return names;
  }();
  return sorted;
}

const std::vector<const Row*>& rows_by_name() {
  static const std::vector<const Row*> sorted = [] {
    std::vector<const Row*> rows;
    for (const Row& row : kRows)
      rows.push_back(&row);
    std::ranges::sort(rows, {}, &Row::name);
    return rows;
  }();
  return sorted;
}

bool is_kind_letter(char c) { return c == 'f' || c == 's' || c == 'u' || c == 'i'; }

bool kind_fits(char letter, Kind kind) {
  switch (letter) {
  case 'f':
    return kind == Kind::floating;
  case 's':
    return kind == Kind::signed_integer;
  case 'u':
    return kind == Kind::unsigned_integer;
  case 'i':
    return kind == Kind::signed_integer || kind == Kind::unsigned_integer;
  default:
    return true;
  }
}

bool selector_fits(std::string_view selector, ScalarType type, bool fast) {
  if (selector == "fast") return fast;
  if (is_kind_letter(selector.front())) {
    if (!kind_fits(selector.front(), type.kind)) return false;
    selector.remove_prefix(1);
  }
  return selector.empty() || selector == std::to_string(type.bits);
}

bool is_selector(std::string_view text) {
  if (text == "fast") return true;
  if (!text.empty() && is_kind_letter(text.front())) text.remove_prefix(1);
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool remove_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

Spelling parse_spelling(std::string_view text) {
  using Form = Spelling::Form;
  if (text.empty()) return {};
  if (text == "library") return {Form::library, text};
  if (text == "printer") return {Form::printer, text};
  if (remove_prefix(text, "GLSL.std.450:")) return {Form::extended, text};
  if (remove_prefix(text, "BuiltIn:") || remove_prefix(text, "builtin:"))
    return {Form::builtin, text};
  if (remove_prefix(text, "expr:")) return {Form::expression, text};
  if (text.starts_with("Op")) {
    const auto colon = text.find(':');
    if (colon == text.npos) return {Form::instruction, text};
    return {Form::instruction, text.substr(0, colon), text[colon + 1] - '0'};
  }
  return {text.find('(') == text.npos ? Form::call : Form::expression, text};
}

/// The letter of the signature that stands for the operand type, or 0 if all types are fixed.
char type_letter(std::string_view signature) {
  for (std::size_t i = 0; i < signature.size(); ++i) {
    const bool starts = i == 0 || signature[i - 1] == '(' || signature[i - 1] == ',';
    if (starts && std::string_view("FSUINT").find(signature[i]) != std::string_view::npos)
      return signature[i];
  }
  return 0;
}

std::string_view atomic_order_constant(MemoryOrder order) {
  switch (order) {
  case MemoryOrder::relaxed:
    return "__ATOMIC_RELAXED";
  case MemoryOrder::acquire:
    return "__ATOMIC_ACQUIRE";
  case MemoryOrder::release:
    return "__ATOMIC_RELEASE";
  case MemoryOrder::acq_rel:
    return "__ATOMIC_ACQ_REL";
  case MemoryOrder::seq_cst:
    return "__ATOMIC_SEQ_CST";
  }
  return "";
}

std::string_view cuda_scope_suffix(MemoryScope scope) {
  if (scope == MemoryScope::system) return "_system";
  return scope == MemoryScope::device ? "" : "_block";
}

std::string placeholder(std::string_view name, const Expansion& with) {
  if (name == "f") return with.type.kind == Kind::floating && with.type.bits == 32 ? "f" : "";
  if (name == "s") return std::string(cuda_scope_suffix(with.scope));
  if (name == "order") return std::string(atomic_order_constant(with.order));
  const bool address = remove_prefix(name, "&");
  const auto index = static_cast<std::size_t>(name.front() - '0');
  if (index >= with.operands.size()) return "";
  return address ? "&(" + with.operands[index] + ")" : with.operands[index];
}

} // namespace

std::span<const Row> rows() { return kRows; }

const Row& find(Id id) { return kRows[static_cast<std::size_t>(id)]; }

const Row* find_by_name(std::string_view name) {
  const auto& sorted = rows_by_name();
  const auto it = std::ranges::lower_bound(sorted, name, {}, &Row::name);
  return it != sorted.end() && (*it)->name == name ? *it : nullptr;
}

const Row* find_by_cpp_name(std::string_view cpp_name, ScalarType type) {
  for (const CppName& found : std::ranges::equal_range(cpp_names(), cpp_name, {}, &CppName::name))
    if (found.row->accepts(type)) return found.row;
  return nullptr;
}

bool is_cpp_name(std::string_view cpp_name) {
  return std::ranges::binary_search(cpp_names(), cpp_name, {}, &CppName::name);
}

Spelling Row::spelling(Target target, ScalarType type, bool fast) const {
  Spelling result;
  bool found = false;
  split(spellings[static_cast<std::size_t>(target)], ';', [&](std::string_view part) {
    if (found) return;
    const auto equals = part.find('=');
    if (equals != part.npos && is_selector(part.substr(0, equals))) {
      if (!selector_fits(part.substr(0, equals), type, fast)) return;
      part.remove_prefix(equals + 1);
    }
    found = true;
    result = parse_spelling(part);
  });
  return result;
}

std::vector<std::string_view> Row::capabilities(ScalarType type) const {
  std::vector<std::string_view> result;
  if (!capability.empty()) result.push_back(capability);
  if (type_letter(signature) == 0 || type.kind == Kind::boolean) return result;
  if (type.kind == Kind::floating && type.bits == 64) result.push_back("float64");
  if (type.kind != Kind::floating && type.bits == 64) result.push_back("int64");
  if (category == Category::atomic && type.bits == 64) result.push_back("int64_atomics");
  return result;
}

bool Row::accepts(ScalarType type) const {
  switch (type_letter(signature)) {
  case 'F':
    return type.kind == Kind::floating;
  case 'S':
    return type.kind == Kind::signed_integer;
  case 'U':
    return type.kind == Kind::unsigned_integer;
  case 'I':
    return type.kind == Kind::signed_integer || type.kind == Kind::unsigned_integer;
  case 'N':
    return type.kind != Kind::boolean;
  default:
    return true;
  }
}

std::size_t Row::operand_count() const {
  const auto open = signature.find('(');
  const auto inside = signature.substr(open + 1, signature.size() - open - 2);
  return inside.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(inside, ',')) + 1;
}

std::string expand(const Spelling& spelling, const Expansion& with) {
  std::string out;
  for (std::string_view text = spelling.text; !text.empty();) {
    const auto open = text.find('{');
    const auto close = open == text.npos ? text.npos : text.find('}', open);
    if (close == text.npos) {
      out += text;
      break;
    }
    out += text.substr(0, open);
    out += placeholder(text.substr(open + 1, close - open - 1), with);
    text.remove_prefix(close + 1);
  }
  if (spelling.form != Spelling::Form::call) return out;
  out += '(';
  for (std::size_t i = 0; i < with.operands.size(); ++i)
    out += (i == 0 ? "" : ", ") + with.operands[i];
  return out + ')';
}

namespace {
template <typename E, std::size_t N>
std::string_view name_of(E value, const std::string_view (&names)[N]) {
  return names[static_cast<std::size_t>(value)];
}
} // namespace

std::string_view to_string(Category category) {
  return name_of(category,
                 {"math", "integer", "id", "barrier", "fence", "wait", "atomic", "warp", "span"});
}
std::string_view to_string(Effect effect) {
  return name_of(effect, {"pure", "reads", "writes", "reads_writes", "convergent"});
}
std::string_view to_string(MemoryOrder order) {
  return name_of(order, {"relaxed", "acquire", "release", "acq_rel", "seq_cst"});
}
std::string_view to_string(MemoryScope scope) {
  return name_of(scope, {"thread", "warp", "block", "device", "system"});
}
std::string_view to_string(Uniformity uniformity) {
  return name_of(uniformity, {"none", "warp", "block"});
}
std::string_view to_string(Target target) {
  return name_of(target, {"cuda", "spirv", "wgsl", "cpu"});
}

} // namespace ring::intrinsics
