// How single things are spelled: names, types, literals.
#include "ir/lexer.h"
#include "ir/overloaded.h"
#include "ir/printer_state.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>

namespace ring::ir::text {
namespace {

constexpr std::array<std::string_view, 21> kTypeWords{
    "void", "bool", "i8",  "i16",  "i32",  "i64",  "u8",    "u16", "u32", "u64", "f16",
    "bf16", "f32",  "f64", "vec2", "vec3", "vec4", "array", "ref", "ptr", "span"};

std::string spell_integer(std::uint64_t bits, Scalar kind) {
  const unsigned width = bit_width(kind);
  if (is_signed(kind) && (bits >> (width - 1) & 1) != 0) {
    const std::uint64_t mask = width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
    return "-" + std::to_string((~bits + 1) & mask);
  }
  return std::to_string(bits);
}

template <class Float> std::string shortest(Float value) {
  std::array<char, 64> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string text(buffer.data(), result.ptr);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

/// The shortest decimal that reads back; `suffix` goes where the reader looks for it.
std::string spell_float(double value, Scalar kind, const std::string& suffix) {
  const std::string tag = suffix.empty() ? "" : "_" + suffix;
  if (std::isinf(value)) return (value < 0 ? "-inf" : "inf") + tag;
  if (std::isnan(value)) {
    constexpr std::uint64_t kQuiet = 0x7ff8000000000000;
    const auto bits = std::bit_cast<std::uint64_t>(value);
    return "nan" + tag + (bits == kQuiet ? "" : "(" + std::to_string(bits) + ")");
  }
  const float narrow = static_cast<float>(value);
  if (kind != Scalar::f64 && static_cast<double>(narrow) == value) return shortest(narrow) + suffix;
  return shortest(value) + suffix;
}

} // namespace

bool is_type_word(std::string_view word) {
  return std::find(kTypeWords.begin(), kTypeWords.end(), word) != kTypeWords.end();
}

std::string spell_name(std::string_view name) {
  return is_identifier(name) ? std::string(name) : quoted(name);
}

std::string spell_type(TypePtr type) {
  if (!type) return "<null>";
  const auto pointer_like = [](std::string_view word, const auto& t) {
    return std::string(word) + "<" + spell_type(t.pointee) + ", " + std::string(name_of(t.space)) +
           ", " + std::string(name_of(t.access)) + ">";
  };
  return match(
      type->node, [](const VoidType&) { return std::string("void"); },
      [](const ScalarType& t) { return std::string(name_of(t.kind)); },
      [](const VectorType& t) {
        return "vec" + std::to_string(t.count) + "<" + spell_type(t.element) + ">";
      },
      [](const ArrayType& t) {
        if (t.count == 0) return "array<" + spell_type(t.element) + ">";
        return "array<" + spell_type(t.element) + ", " + std::to_string(t.count) + ">";
      },
      [](const StructType& t) { return spell_struct(*t.decl); },
      [&](const RefType& t) { return pointer_like("ref", t); },
      [&](const PtrType& t) { return pointer_like("ptr", t); },
      [](const SpanType& t) {
        return "span<" + spell_type(t.element) + ", " + std::string(name_of(t.access)) + ">";
      });
}

std::string spell_struct(const StructDecl& decl) {
  return is_type_word(decl.name) ? quoted(decl.name) : spell_name(decl.name);
}

std::string spell_field(const StructDecl& decl, std::size_t index) {
  if (index < decl.fields.size()) {
    const std::string& name = decl.fields[index].name;
    const auto same = std::count_if(decl.fields.begin(), decl.fields.end(),
                                    [&](const StructDecl::Field& f) { return f.name == name; });
    if (is_identifier(name) && same == 1) return name;
  }
  return "#" + std::to_string(index);
}

std::string spell_literal(const Literal& literal, TypePtr type, TypePtr expected) {
  const std::string name = literal.name.empty() ? "" : spell_name(literal.name) + "#";
  if (const bool* truth = std::get_if<bool>(&literal.value)) {
    return name + (*truth ? "true" : "false");
  }
  const auto* scalar = type ? type->as<ScalarType>() : nullptr;
  const auto* bits = std::get_if<std::uint64_t>(&literal.value);
  const Scalar kind = scalar ? scalar->kind : bits ? Scalar::u64 : Scalar::f64;
  // What the reader takes a plain number for: see Parser::number().
  const auto* hint = expected ? expected->as<ScalarType>() : nullptr;
  Scalar plain = bits ? Scalar::i32 : Scalar::f32;
  if (hint && (bits ? is_integer(hint->kind) : is_float(hint->kind))) plain = hint->kind;
  const std::string suffix = plain == kind ? std::string() : std::string(name_of(kind));
  if (bits) return name + spell_integer(*bits, kind) + suffix;
  return name + spell_float(std::get<double>(literal.value), kind, suffix);
}

} // namespace ring::ir::text
