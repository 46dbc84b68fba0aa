#include "backends/common/named_constants.h"

#include "ir/overloaded.h"
#include "ir/sign_extended.h"
#include "ir/walk.h"

#include <bit>

namespace ring::backends {

using namespace ir;

void for_each_literal(const Function& function,
                      const std::function<void(TypePtr, const Literal&)>& visit) {
  auto& body = const_cast<Block&>(function.body); // visited, not changed
  for_each_expr(body, [&](Expr*& expr) {
    if (const auto* literal = expr->as<Literal>()) visit(expr->type, *literal);
  });
  for_each_stmt(body, [&](Stmt& stmt) {
    const auto* choice = stmt.as<Switch>();
    if (!choice) return;
    for (const Switch::Case& one : choice->cases) {
      for (const Literal& label : one.values)
        visit(choice->selector->type, label);
    }
  });
}

NamedConstants::NamedConstants(const Module& module) {
  for (const Function& function : module.functions) {
    for_each_literal(function, [&](TypePtr type, const Literal& literal) {
      // The 16-bit floats of CUDA have no constants.
      const bool is_half = type->is_scalar(Scalar::f16) || type->is_scalar(Scalar::bf16);
      if (literal.name.empty() || is_half) return;
      const auto [known, is_new] =
          constants_.try_emplace(key_of(type, literal), NamedConstant{type, literal, ""});
      // The narrowest is what the source says; conversions widen it.
      if (!is_new && size_of(type) < size_of(known->second.type))
        known->second = {type, literal, ""};
    });
  }
}

void NamedConstants::declare(const std::function<std::string(const std::string&)>& give_name) {
  for (auto& [key, constant] : constants_)
    constant.declared = give_name(constant.literal.name);
}

std::vector<const NamedConstant*> NamedConstants::all() const {
  std::vector<const NamedConstant*> result;
  for (const auto& [key, constant] : constants_)
    result.push_back(&constant);
  return result;
}

const NamedConstant* NamedConstants::find(TypePtr type, const Literal& literal) const {
  if (literal.name.empty()) return nullptr;
  const auto found = constants_.find(key_of(type, literal));
  return found == constants_.end() ? nullptr : &found->second;
}

NamedConstants::Key NamedConstants::key_of(TypePtr type, const Literal& literal) {
  const std::size_t alternative = literal.value.index();
  return match(
      literal.value,
      [&](bool value) { return Key{literal.name, alternative, std::uint64_t{value}, false}; },
      [&](std::uint64_t bits) {
        const Scalar kind = type->as<ScalarType>()->kind;
        if (!is_signed(kind)) return Key{literal.name, alternative, bits, false};
        const std::int64_t value = sign_extended(bits, kind);
        return Key{literal.name, alternative, static_cast<std::uint64_t>(value), value < 0};
      },
      [&](double value) {
        return Key{literal.name, alternative, std::bit_cast<std::uint64_t>(value), false};
      });
}

} // namespace ring::backends
