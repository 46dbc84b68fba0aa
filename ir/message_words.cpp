#include "ir/message_words.h"

#include "ir/message_words_code.h"
#include "ir/unique_name.h"

#include <algorithm>
#include <cctype>

namespace ring::ir {
namespace {

constexpr std::uint64_t kWordSize = 4;

bool is_words(const Global& global) {
  return global.space == AddressSpace::launch && global.name == "words";
}

/// As C++ spells it where that matters: two structs of one name are told apart by their namespaces.
std::string cpp_spelling(TypePtr type) {
  if (const auto* structure = type->as<StructType>()) return structure->decl->cpp_name;
  if (const auto* array = type->as<ArrayType>()) {
    return "array<" + cpp_spelling(array->element) + ", " + std::to_string(array->count) + ">";
  }
  return to_string(type);
}

/// `load_array_u16_3` for an array<u16, 3>.
std::string identifier(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return !std::isalnum(static_cast<unsigned char>(c)) && c != '_'; }, '_');
  const auto doubled = [](char a, char b) { return a == '_' && b == '_'; };
  text.erase(std::unique(text.begin(), text.end(), doubled), text.end());
  while (text.ends_with('_'))
    text.pop_back();
  return text;
}

Function* find(Module& module, const std::string& cpp_name) {
  for (Function& function : module.functions) {
    if (function.cpp_name == cpp_name) return &function;
  }
  return nullptr;
}

/// A new function behind all others; its body is made before it gets its place.
Function* add(Module& module, const std::string& verb, TypePtr type, Function function) {
  function.name = unique_name(module.functions, identifier(verb + "_" + to_string(type)));
  return &module.functions.emplace_back(std::move(function));
}

} // namespace

Global& message_words(Module& module) {
  for (Global& global : module.globals) {
    if (is_words(global)) return global;
  }
  Global& words = module.globals.emplace_back();
  words.name = "words";
  words.space = AddressSpace::launch;
  words.type = module.types.span(module.types.u32(), Access::read_write);
  return words;
}

bool is_message_words(const Expr& span) {
  const auto* ref = span.as<GlobalRef>();
  return ref && is_words(*ref->global);
}

std::uint32_t word_count(TypePtr type) {
  return static_cast<std::uint32_t>((size_of(type) + kWordSize - 1) / kWordSize);
}

Function* load_words(Module& module, TypePtr type) {
  Function function;
  function.cpp_name = "ring::protocol::load<" + cpp_spelling(type) + ">";
  if (Function* found = find(module, function.cpp_name)) return found;
  Local* at = module.local(Local::Kind::param, "at", module.types.u32());
  function.params = {at};
  function.result = type;
  words::write_load(module, message_words(module), at, type, function.body);
  return add(module, "load", type, std::move(function));
}

Function* store_words(Module& module, TypePtr type) {
  Function function;
  function.cpp_name = "ring::protocol::store<" + cpp_spelling(type) + ">";
  if (Function* found = find(module, function.cpp_name)) return found;
  Local* at = module.local(Local::Kind::param, "at", module.types.u32());
  Local* message = module.local(Local::Kind::param, "message", type);
  function.params = {at, message};
  function.result = module.types.void_type();
  function.has_side_effects = true;
  words::write_store(module, message_words(module), at, message, function.body);
  return add(module, "store", type, std::move(function));
}

} // namespace ring::ir
