#include "backends/wgsl/special_tables.h"

#include "backends/wgsl/literal.h"
#include "backends/wgsl/memory_usage.h"
#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/transform/emulate_types.h"
#include "ir/walk.h"

#include <set>

namespace ring::backends::wgsl {
namespace {

using namespace ir;

bool holds_special(Expr* initializer) {
  bool found = false;
  for_each_expr(initializer, [&](Expr*& expr) {
    const auto* literal = expr->as<Literal>();
    const auto* bits = expr->as<Bitcast>();
    found =
        found || (literal && is_special(expr->type, *literal)) || (bits && expr->type->is_float());
  });
  return found;
}

bool is_array_of_floats(TypePtr type) {
  while (const auto* array = type->as<ArrayType>())
    type = array->element;
  return type->is_scalar(Scalar::f32);
}

class TableRewriter {
public:
  explicit TableRewriter(Module& module)
      : module_(module), builder_(module), bits_of_(module.types, [&](Scalar kind) {
          return kind == Scalar::f32 ? module.types.u32() : nullptr;
        }) {}

  Diagnostics run() {
    for (Global& global : module_.globals) {
      if (!global.initializer || !holds_special(global.initializer)) continue;
      if (!is_array_of_floats(global.type)) {
        problems_.push_back(error(DiagnosticId::missing_capability, global.loc,
                                  "WGSL has no constant infinity or NaN inside a struct; CUDA, "
                                  "SPIR-V and CPU have one"));
        continue;
      }
      tables_.insert(&global);
      global.type = bits_of_(global.type);
      for_each_expr(global.initializer, [&](Expr*& expr) { store_bits(expr); });
    }
    if (tables_.empty()) return problems_;
    for (Function& function : module_.functions) {
      for_each_expr(function.body, [&](Expr*& expr) { read_bits(expr); });
    }
    return problems_;
  }

private:
  void store_bits(Expr*& expr) {
    if (auto* literal = expr->as<Literal>(); literal && expr->type->is_float()) {
      *literal = Literal{std::uint64_t{special_bits(*literal)}};
    } else if (auto* bitcast = expr->as<Bitcast>()) {
      expr = bitcast->operand;
    }
    expr->type = bits_of_(expr->type);
  }

  void read_bits(Expr*& expr) {
    if (expr->type->is<RefType>()) {
      if (tables_.contains(root_of(*expr))) expr->type = bits_of_(expr->type);
      return;
    }
    const auto* load = expr->as<Load>();
    if (!load || !tables_.contains(root_of(*load->reference))) return;
    builder_.set_loc(expr->loc);
    expr = cast_back(expr->type, builder_.load(load->reference));
  }

  /// Element by element: there is no cast of arrays.
  Expr* cast_back(TypePtr type, Expr* bits) {
    const auto* array = type->as<ArrayType>();
    if (!array) return builder_.bitcast(type, bits);
    std::vector<Expr*> elements;
    for (std::uint64_t i = 0; i < array->count; ++i) {
      Expr* index = builder_.u32(static_cast<std::uint32_t>(i));
      Expr* whole = clone(module_, bits->as<Load>()->reference);
      Expr* reference = builder_.index(whole, index);
      elements.push_back(cast_back(array->element, builder_.load(reference)));
    }
    return builder_.construct(type, std::move(elements));
  }

  Module& module_;
  Builder builder_;
  transform::TypeReplacer bits_of_;
  std::set<const Global*> tables_;
  Diagnostics problems_;
};

} // namespace

Status special_tables(Module& module) {
  Diagnostics problems = TableRewriter(module).run();
  if (!problems.empty()) return problems;
  return Success{};
}

} // namespace ring::backends::wgsl
