#include "ir/transform/emulate_int64.h"

#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/transform/emulate_int64_statements.h"
#include "ir/transform/emulate_types.h"
#include "ir/transform/link_library.h"
#include "ir/walk.h"

#include <array>
#include <string>

namespace ring::ir::transform {
namespace {

constexpr std::uint32_t kLow = 0; // fields of U64
constexpr std::uint32_t kHigh = 1;
constexpr std::uint32_t kWordBits = 32;

std::string_view name_of_operation(BinaryOp op) {
  constexpr std::array<std::string_view, 16> kNames{"add", "sub", "mul", "div", "rem", "and",
                                                    "or",  "xor", "shl", "shr", "eq",  "ne",
                                                    "lt",  "le",  "gt",  "ge"};
  return kNames[static_cast<std::size_t>(op)];
}

bool depends_on_sign(BinaryOp op) {
  return op == BinaryOp::div || op == BinaryOp::rem || op == BinaryOp::shr ||
         (is_comparison(op) && op != BinaryOp::eq && op != BinaryOp::ne);
}

bool is_signed_type(TypePtr type) { return is_signed(scalar_kind(type)); }

bool uses_int64(Module& module) {
  bool found = false;
  const auto look = [&](TypePtr type) {
    found = found || contains_scalar(type, [](Scalar kind) {
              return kind == Scalar::i64 || kind == Scalar::u64;
            });
  };
  for (const StructDecl& decl : module.structs) {
    for (const auto& field : decl.fields)
      look(field.type);
  }
  for (const Global& global : module.globals)
    look(global.type);
  for (Function& function : module.functions) {
    look(function.result);
    for (const Local* param : function.params)
      look(param->type);
    for_each_expr(function.body, [&](Expr*& expr) { look(expr->type); });
    for_each_stmt(function.body, [&](Stmt& stmt) {
      if (const auto* var = stmt.as<Var>()) look(var->local->type);
    });
  }
  return found;
}

class Int64Emulation {
public:
  Int64Emulation(Module& module, const Module& library)
      : module_(module), builder_(module), linker_(module, library),
        type_(linker_.structure("ring::library::U64")) {}

  bool has_type() const { return type_ != nullptr; }
  TypePtr replacement(Scalar kind) const {
    return kind == Scalar::i64 || kind == Scalar::u64 ? type_ : nullptr;
  }
  Diagnostics take_problems() { return std::move(problems_); }
  void finish() { linker_.finish(); }

  Expr* rewrite(const RetypedExpr& retyped) {
    Expr* expr = retyped.expr;
    builder_.set_loc(expr->loc);
    if (auto* literal = expr->as<Literal>(); literal && is_int64(retyped.before)) {
      return words(std::get<std::uint64_t>(literal->value));
    }
    if (auto* binary = expr->as<Binary>()) return rewrite_binary(*binary, retyped);
    if (auto* unary = expr->as<Unary>(); unary && is_int64(retyped.before)) {
      return call(unary->op == UnaryOp::negate ? "u64_neg" : "u64_not", {unary->operand}, expr);
    }
    if (auto* convert = expr->as<Convert>()) return rewrite_convert(*convert, retyped);
    if (auto* bitcast = expr->as<Bitcast>()) return rewrite_bitcast(*bitcast, retyped);
    if (auto* index = expr->as<Index>(); index && is_int64(retyped.operands_before[1])) {
      index->index = part(index->index, kLow);
      return expr;
    }
    if (auto* intrinsic = expr->as<Intrinsic>()) return rewrite_intrinsic(*intrinsic, retyped);
    return expr;
  }

private:
  Expr* words(std::uint64_t bits) {
    return pair(builder_.u32(static_cast<std::uint32_t>(bits)),
                builder_.u32(static_cast<std::uint32_t>(bits >> kWordBits)));
  }
  Expr* pair(Expr* low, Expr* high) { return builder_.construct(type_, {low, high}); }

  /// A word of a U64, taken out of its construct where that is in sight.
  Expr* part(Expr* value, std::uint32_t field) {
    if (auto* construct = value->as<Construct>()) {
      return construct->elements.empty() ? builder_.u32(0) : construct->elements[field];
    }
    if (auto* load = value->as<Load>()) {
      return builder_.load(builder_.member(load->reference, field));
    }
    return builder_.member(value, field);
  }

  Expr* call(std::string_view name, std::vector<Expr*> arguments, Expr* replaced) {
    Function* callee = linker_.function("ring::library::" + std::string(name));
    if (!callee) {
      problems_.push_back(error(DiagnosticId::invalid_module, replaced->loc,
                                "the library has no 'ring::library::" + std::string(name) + "'"));
      return replaced;
    }
    return builder_.call(callee, std::move(arguments));
  }

  Expr* rewrite_binary(const Binary& binary, const RetypedExpr& retyped) {
    const bool is_shift = binary.op == BinaryOp::shl || binary.op == BinaryOp::shr;
    Expr* amount = binary.rhs;
    if (is_shift && is_int64(retyped.operands_before[1])) amount = part(amount, kLow);
    const TypePtr operand = retyped.operands_before[0];
    if (!is_int64(operand)) {
      retyped.expr->node = Binary{binary.op, binary.lhs, amount};
      return retyped.expr;
    }
    if (is_shift) amount = shift_amount(amount);
    const bool is_signed = depends_on_sign(binary.op) && is_signed_type(operand);
    const std::string name =
        (is_signed ? "i64_" : "u64_") + std::string(name_of_operation(binary.op));
    return call(name, {binary.lhs, amount}, retyped.expr);
  }

  Expr* shift_amount(Expr* amount) {
    if (const auto* literal = amount->as<Literal>()) {
      return builder_.u32(static_cast<std::uint32_t>(std::get<std::uint64_t>(literal->value)));
    }
    return builder_.convert(module_.types.u32(), amount);
  }

  Expr* rewrite_convert(const Convert& convert, const RetypedExpr& retyped) {
    const TypePtr from = retyped.operands_before[0];
    if (is_int64(retyped.before)) return to_int64(convert.operand, from, retyped);
    if (is_int64(from)) return from_int64(convert.operand, from, retyped.expr);
    return retyped.expr;
  }

  Expr* to_int64(Expr* operand, TypePtr from, const RetypedExpr& retyped) {
    if (is_int64(from)) return operand;
    const TypePtr u32 = module_.types.u32();
    if (from->is_bool()) return pair(builder_.convert(u32, operand), builder_.u32(0));
    if (from->is_float()) {
      const bool is_signed = is_signed_type(retyped.before);
      Expr* single = builder_.convert(module_.types.f32(), operand);
      return call(is_signed ? "i64_from_f32" : "u64_from_f32", {single}, retyped.expr);
    }
    if (!is_signed_type(from)) return pair(builder_.convert(u32, operand), builder_.u32(0));
    if (const auto* literal = operand->as<Literal>()) {
      const auto bits = static_cast<std::uint32_t>(std::get<std::uint64_t>(literal->value));
      return words(static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(bits)}));
    }
    return call("u64_from_i32", {builder_.convert(module_.types.i32(), operand)}, retyped.expr);
  }

  Expr* from_int64(Expr* operand, TypePtr from, Expr* expr) {
    if (expr->type->is_bool()) return call("bool_from_u64", {operand}, expr);
    if (expr->type->is_float()) {
      const char* name = is_signed_type(from) ? "f32_from_i64" : "f32_from_u64";
      return builder_.convert(expr->type, call(name, {operand}, expr));
    }
    if (Expr* high = high_word(operand)) return builder_.convert(expr->type, high);
    return builder_.convert(expr->type, part(operand, kLow));
  }

  /// The upper word of x for `x >> 32`.
  Expr* high_word(Expr* operand) {
    const auto* shift = operand->as<Call>();
    if (!shift || !shift->callee->cpp_name.ends_with("64_shr")) return nullptr;
    const auto* amount = shift->arguments[1]->as<Literal>();
    if (!amount || std::get<std::uint64_t>(amount->value) != kWordBits) return nullptr;
    return part(shift->arguments[0], kHigh);
  }

  Expr* rewrite_bitcast(const Bitcast& bitcast, const RetypedExpr& retyped) {
    Expr* operand = bitcast.operand;
    if (!is_int64(retyped.before)) return retyped.expr;
    if (is_int64(retyped.operands_before[0])) return operand;
    auto* construct = operand->as<Construct>(); // the two words that lower_memory read
    if (construct && construct->elements.size() == 2) {
      return pair(construct->elements[0], construct->elements[1]);
    }
    return pair(builder_.index(operand, builder_.u32(0)),
                builder_.index(clone(module_, operand), builder_.u32(1)));
  }

  Expr* rewrite_intrinsic(Intrinsic& intrinsic, const RetypedExpr& retyped) {
    if (retyped.operands_before.empty() || !is_int64(retyped.operands_before[0])) {
      return retyped.expr;
    }
    const intrinsics::Row& row = intrinsics::find(intrinsic.id);
    if (row.category != intrinsics::Category::integer) return retyped.expr;
    const std::string name(row.name);
    if (is_signed_type(retyped.operands_before[0]) &&
        linker_.function("ring::library::i64_" + name)) {
      return call("i64_" + name, intrinsic.operands, retyped.expr);
    }
    return call("u64_" + name, intrinsic.operands, retyped.expr);
  }

  Module& module_;
  Builder builder_;
  LibraryLinker linker_;
  TypePtr type_;
  Diagnostics problems_;
};

} // namespace

Status emulate_int64(Module& module, const EmulateInt64Config& config) {
  if (!uses_int64(module)) return Success{};
  split_int64_statements(module);
  Int64Emulation emulation(module, config.library);
  if (!emulation.has_type()) {
    return error(DiagnosticId::invalid_module, {}, "the library has no 'ring::library::U64'");
  }
  TypeReplacer replacer(module.types, [&](Scalar kind) { return emulation.replacement(kind); });
  replace_types(module, replacer,
                [&](const RetypedExpr& retyped) { return emulation.rewrite(retyped); });
  emulation.finish();
  if (Diagnostics problems = emulation.take_problems(); !problems.empty()) return problems;
  return Success{};
}

} // namespace ring::ir::transform
