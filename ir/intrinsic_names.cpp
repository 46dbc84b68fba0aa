#include "ir/intrinsic_names.h"

#include <vector>

namespace ring::ir {

static_assert(static_cast<int>(MemoryOrder::seq_cst) ==
              static_cast<int>(intrinsics::MemoryOrder::seq_cst));
static_assert(static_cast<int>(MemoryScope::system) ==
              static_cast<int>(intrinsics::MemoryScope::system));

namespace {

/// "N(N&,u32)": the result and the operands, in the words of intrinsics/table.h.
struct Signature {
  std::string_view result;
  std::vector<std::string_view> operands;
};

Signature signature_of(intrinsics::Id id) {
  const std::string_view text = intrinsics::find(id).signature;
  const std::size_t open = text.find('(');
  Signature signature{text.substr(0, open), {}};
  std::string_view rest = text.substr(open + 1, text.size() - open - 2);
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    signature.operands.push_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  if (signature.result == "V") { // one of three, by its axis
    signature.result = "u32";
    signature.operands = {"u32"};
  }
  return signature;
}

bool is_letter(std::string_view word) {
  return !word.empty() && std::string_view("FSUINT").find(word.front()) != std::string_view::npos;
}

std::optional<Scalar> find_scalar(std::string_view word) {
  for (int i = 0; i <= static_cast<int>(Scalar::f64); ++i) {
    if (word == name_of(static_cast<Scalar>(i))) return static_cast<Scalar>(i);
  }
  return std::nullopt;
}

/// The value that an operand is about: behind the reference of an lvalue operand.
TypePtr value_type(const Expr& operand, std::string_view word) {
  return word.ends_with('&') || word.ends_with('*') ? operand.type->pointee_or_self()
                                                    : operand.type;
}

bool letter_accepts(char letter, TypePtr type) {
  switch (letter) {
  case 'F':
    return type->is_float();
  case 'S':
    return type->is_integer() && is_signed(type->as<ScalarType>()->kind);
  case 'U': // built-ins among the C++ names take int or unsigned
  case 'I':
    return type->is_integer();
  case 'N':
    return type->is_integer() || type->is_float();
  default:
    return true;
  }
}

/// The type that a word has after the first `known` operands; null if they do not tell.
TypePtr resolve(std::string_view word, const Signature& signature, const Intrinsic& intrinsic,
                std::size_t known, TypeTable& types) {
  if (word == "void") return types.void_type();
  if (const std::optional<Scalar> scalar = find_scalar(word)) return types.scalar(*scalar);
  if (!is_letter(word)) return nullptr;
  for (std::size_t i = 0; i < known && i < signature.operands.size(); ++i) {
    if (signature.operands[i].front() == word.front()) {
      return value_type(*intrinsic.operands[i], signature.operands[i]);
    }
  }
  return nullptr;
}

} // namespace

std::string_view name_of(intrinsics::Id id) { return intrinsics::find(id).name; }

std::optional<intrinsics::Id> find_intrinsic(std::string_view name) {
  const intrinsics::Row* row = intrinsics::find_by_name(name);
  return row ? std::optional(row->id) : std::nullopt;
}

bool has_axis(intrinsics::Id id) { return intrinsics::find(id).signature == "V()"; }

MemoryOrder default_order(intrinsics::Id id) {
  return static_cast<MemoryOrder>(intrinsics::find(id).default_order); // the same enumerators
}

MemoryScope default_scope(intrinsics::Id id) {
  return static_cast<MemoryScope>(intrinsics::find(id).default_scope);
}

bool has_order_scope(intrinsics::Id id) { return intrinsics::find(id).has_order_scope; }

std::string check_operands(const Intrinsic& intrinsic) {
  const Signature signature = signature_of(intrinsic.id);
  const std::string name = "'" + std::string(name_of(intrinsic.id)) + "'";
  if (intrinsic.operands.size() != signature.operands.size()) {
    return name + " takes " + std::to_string(signature.operands.size()) + " operands, not " +
           std::to_string(intrinsic.operands.size());
  }
  for (std::size_t i = 0; i < signature.operands.size(); ++i) {
    const std::string_view word = signature.operands[i];
    const Expr& operand = *intrinsic.operands[i];
    const TypePtr type = value_type(operand, word);
    bool fits = word.ends_with('&') == operand.type->is<RefType>() &&
                word.ends_with('*') == operand.type->is<PtrType>();
    const bool indirect = word.ends_with('&') || word.ends_with('*');
    if (const std::optional<Scalar> scalar =
            find_scalar(word.substr(0, word.size() - (indirect ? 1 : 0)))) {
      fits = fits && type->is_scalar(*scalar);
    } else if (is_letter(word)) {
      fits = fits && letter_accepts(word.front(), type);
      for (std::size_t j = 0; j < i; ++j) {
        if (signature.operands[j].front() != word.front()) continue;
        fits = fits && value_type(*intrinsic.operands[j], signature.operands[j]) == type;
      }
    }
    if (!fits) {
      return "operand " + std::to_string(i) + " of " + name + " is '" + std::string(word) +
             "', not '" + to_string(operand.type) + "'";
    }
  }
  if (has_axis(intrinsic.id)) {
    const auto* axis = intrinsic.operands[0]->as<Literal>();
    const auto* value = axis ? std::get_if<std::uint64_t>(&axis->value) : nullptr;
    if (!value || *value > 2) return "the axis of " + name + " is a literal 0, 1 or 2";
  }
  return {};
}

TypePtr result_type(const Intrinsic& intrinsic, TypeTable& types) {
  const Signature signature = signature_of(intrinsic.id);
  return resolve(signature.result, signature, intrinsic, intrinsic.operands.size(), types);
}

TypePtr operand_type(const Intrinsic& intrinsic, std::size_t index, TypeTable& types) {
  const Signature signature = signature_of(intrinsic.id);
  if (index >= signature.operands.size()) return nullptr;
  return resolve(signature.operands[index], signature, intrinsic, index, types);
}

} // namespace ring::ir
