#include "ir/transform/lower_intrinsics.h"

#include "ir/transform/link_library.h"
#include "ir/walk.h"

#include <string>

namespace ring::ir::transform {
namespace {

bool is_library_call(const Expr& expr, const LowerIntrinsicsConfig& config) {
  const auto* intrinsic = expr.as<Intrinsic>();
  if (!intrinsic) return false;
  const intrinsics::Row& row = intrinsics::find(intrinsic->id);
  const intrinsics::ScalarType type = spelling_type(*intrinsic);
  const bool is_int64 = type.kind != intrinsics::Kind::floating && type.bits == 64;
  if (is_int64 && row.category == intrinsics::Category::integer &&
      !config.capabilities.has(Capability::int64)) {
    return false;
  }
  const auto spelling = row.spelling(config.column, type, config.fast);
  return spelling.form == intrinsics::Spelling::Form::library;
}

std::vector<TypePtr> operand_types(const Intrinsic& intrinsic) {
  std::vector<TypePtr> types;
  for (const Expr* operand : intrinsic.operands)
    types.push_back(operand->type);
  return types;
}

} // namespace

intrinsics::ScalarType spelling_type(const Intrinsic& intrinsic) {
  using intrinsics::Kind;
  constexpr intrinsics::ScalarType kWord{Kind::unsigned_integer, 32};
  if (intrinsic.operands.empty()) return kWord;
  const auto* scalar = intrinsic.operands.front()->type->pointee_or_self()->as<ScalarType>();
  if (!scalar || scalar->kind == Scalar::boolean) return kWord;
  const auto bits = static_cast<std::uint8_t>(bit_width(scalar->kind));
  if (is_float(scalar->kind)) return {Kind::floating, bits};
  return {is_signed(scalar->kind) ? Kind::signed_integer : Kind::unsigned_integer, bits};
}

Status lower_intrinsics(Module& module, const LowerIntrinsicsConfig& config) {
  LibraryLinker linker(module, config.library);
  Diagnostics problems;
  // Linked functions join the end of the list and are visited in their turn.
  for (std::size_t i = 0; i < module.functions.size(); ++i) {
    for_each_expr(module.functions[i].body, [&](Expr*& expr) {
      if (!is_library_call(*expr, config)) return;
      auto& intrinsic = *expr->as<Intrinsic>();
      const std::string name = "ring::library::" + std::string(intrinsics::find(intrinsic.id).name);
      Function* callee = linker.function(name, operand_types(intrinsic));
      if (!callee) {
        problems.push_back(error(DiagnosticId::invalid_module, expr->loc,
                                 "the library has no '" + name + "' for this type"));
        return;
      }
      std::vector<Expr*> arguments = std::move(intrinsic.operands);
      expr->node = Call{callee, std::move(arguments)};
    });
  }
  linker.finish();
  if (!problems.empty()) return problems;
  return Success{};
}

} // namespace ring::ir::transform
