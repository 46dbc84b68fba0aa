#include "ir/transform/lower_params.h"

#include "ir/analysis/params_layout.h"
#include "ir/builder.h"
#include "ir/transform/unique_name.h"
#include "ir/walk.h"

#include <unordered_map>

namespace ring::ir::transform {
namespace {

using analysis::ParamsLayout;

class ParamLowering {
public:
  ParamLowering(Module& module, Function& kernel)
      : module_(module), kernel_(kernel), builder_(module) {}

  Status run() {
    const ParamsLayout layout = analysis::params_layout(kernel_);
    if (!layout.has_block()) return Success{};
    for (const ParamsLayout::Param& param : layout.params) {
      if (param.is_span) add_buffer(param);
    }
    add_block(layout);
    for_each_stmt(kernel_.body, [&](Stmt& stmt) {
      for_each_root(stmt, [&](Expr*& root) { root = lowered(root); });
    });
    kernel_.params.clear();
    if (!problems_.empty()) return problems_;
    return Success{};
  }

private:
  struct Place {
    std::uint32_t field = 0;
    Global* buffer = nullptr; // spans only
  };

  Global* add_global(const std::string& name, TypePtr type, AddressSpace space, Access access,
                     std::uint32_t binding, Loc loc) {
    Global& global = module_.globals.emplace_back();
    global.name = unique_name(module_.globals, name);
    global.type = type;
    global.space = space;
    global.access = access;
    global.binding = binding;
    global.loc = loc;
    kernel_.kernel->bindings.push_back(&global);
    return &global;
  }

  void add_buffer(const ParamsLayout::Param& param) {
    places_[param.local].buffer =
        add_global(param.local->name, module_.types.array(param.element, 0), AddressSpace::storage,
                   param.access, param.binding, param.local->loc);
  }

  void add_block(const ParamsLayout& layout) {
    const std::string name = unique_name(module_.structs, kernel_.name + "_params");
    StructDecl& decl = module_.structs.emplace_back();
    decl.name = name;
    decl.cpp_name = name;
    decl.size = layout.size;
    decl.align = layout.align;
    decl.loc = kernel_.loc;
    for (const ParamsLayout::Param& param : layout.params) {
      places_[param.local].field = static_cast<std::uint32_t>(decl.fields.size());
      StructDecl::Field field;
      field.name = unique_name(decl.fields, param.local->name + (param.is_span ? "_size" : ""));
      field.type = param.is_span ? module_.types.u32() : param.local->type;
      field.offset = param.offset;
      decl.fields.push_back(std::move(field));
    }
    block_ = add_global("params", module_.types.structure(&decl), AddressSpace::params,
                        Access::read, layout.binding, kernel_.loc);
  }

  const Place* place_of(const Expr& expr) const {
    const auto* ref = expr.as<LocalRef>();
    if (!ref || ref->local->kind != Local::Kind::param) return nullptr;
    const auto found = places_.find(ref->local);
    return found == places_.end() ? nullptr : &found->second;
  }

  Expr* field_value(const Place& place) {
    return builder_.load(builder_.member(builder_.ref(block_), place.field));
  }

  Expr* lowered(Expr* expr) {
    builder_.set_loc(expr->loc);
    if (const auto* element = expr->as<SpanElement>()) {
      if (const Place* place = place_of(*element->span)) {
        Expr* index = lowered(element->index);
        return builder_.index(builder_.ref(place->buffer), index);
      }
    } else if (const auto* size = expr->as<SpanSize>()) {
      if (const Place* place = place_of(*size->span)) {
        return builder_.convert(module_.types.u64(), field_value(*place));
      }
    } else if (const Place* place = place_of(*expr)) {
      if (!place->buffer) return field_value(*place);
      problems_.push_back(error(DiagnosticId::invalid_module, expr->loc,
                                "lower-params: a span is used as a value; resolve-pointers has "
                                "to run before"));
      return expr;
    }
    const TypePtr type = expr->type;
    for_each_operand(*expr, [&](Expr*& operand) { operand = lowered(operand); });
    expr->type = type;
    return load_last(expr);
  }

  /// A part of a struct or array parameter is read through its own reference: `load(p).x` becomes
  /// `load(p.x)`.
  Expr* load_last(Expr* expr) {
    builder_.set_loc(expr->loc);
    if (const auto* member = expr->as<Member>()) {
      if (const auto* whole = member->base->as<Load>()) {
        return builder_.load(builder_.member(whole->reference, member->field));
      }
    } else if (const auto* index = expr->as<Index>()) {
      if (const auto* whole = index->base->as<Load>()) {
        return builder_.load(builder_.index(whole->reference, index->index));
      }
    }
    return expr;
  }

  Module& module_;
  Function& kernel_;
  Builder builder_;
  Global* block_ = nullptr;
  std::unordered_map<const Local*, Place> places_;
  Diagnostics problems_;
};

} // namespace

Status lower_params(Module& module) {
  Diagnostics problems;
  for (Function& function : module.functions) {
    if (!function.global()) continue;
    const Status status = ParamLowering(module, function).run();
    if (status) continue;
    problems.insert(problems.end(), status.diagnostics().begin(), status.diagnostics().end());
  }
  if (!problems.empty()) return problems;
  return Success{};
}

} // namespace ring::ir::transform
