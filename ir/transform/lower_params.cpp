#include "ir/transform/lower_params.h"

#include "ir/analysis/params_layout.h"
#include "ir/builder.h"
#include "ir/function_order.h"
#include "ir/transform/bound_spans.h"
#include "ir/transform/erase.h"
#include "ir/unique_name.h"
#include "ir/walk.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace ring::ir::transform {
namespace {

using analysis::ParamsLayout;

class ParamLowering {
public:
  ParamLowering(Module& module, const KernelGroup& group)
      : module_(module), group_(group), kernel_(*group.kernels.front()), builder_(module) {}

  Status run() {
    const ParamsLayout layout = analysis::params_layout(kernel_);
    if (!layout.has_block()) return Success{};
    std::vector<Place> places(layout.params.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (layout.params[i].is_span) places[i].buffer = buffer(layout.params[i]);
    }
    add_block(layout, places);
    for (Function* kernel : group_.kernels) {
      for (std::size_t i = 0; i < places.size(); ++i)
        places_[kernel->params[i]] = places[i];
      rewrite(*kernel);
      kernel->params.clear();
      kernel->kernel->bindings = bindings_;
    }
    for (Function* function : group_.functions)
      rewrite(*function);
    if (!problems_.empty()) return problems_;
    return Success{};
  }

private:
  struct Place {
    std::uint32_t field = 0;
    Global* buffer = nullptr; // spans only
  };

  void rewrite(Function& function) {
    for_each_stmt(function.body, [&](Stmt& stmt) {
      for_each_root(stmt, [&](Expr*& root) { root = lowered(root); });
    });
  }

  Global* add_global(const std::string& name, Loc loc) {
    Global& global = module_.globals.emplace_back();
    global.name = unique_name(module_.globals, name);
    global.loc = loc;
    return &global;
  }

  void bind(Global& global, TypePtr type, AddressSpace space, Access access) {
    global.type = type;
    global.space = space;
    global.access = access;
    global.binding = static_cast<std::uint32_t>(bindings_.size());
    bindings_.push_back(&global);
  }

  /// What a span becomes; a bound span becomes it where it stands.
  Global* buffer(const ParamsLayout::Param& param) {
    const auto bound = group_.spans.find(param.local->name);
    Global* global = bound == group_.spans.end() ? add_global(param.local->name, param.local->loc)
                                                 : bound->second;
    bind(*global, module_.types.array(param.element, 0), AddressSpace::storage, param.access);
    return global;
  }

  void add_block(const ParamsLayout& layout, std::vector<Place>& places) {
    const bool shared = group_.kernels.size() > 1;
    const std::string name =
        unique_name(module_.structs, (shared ? module_.name : kernel_.name) + "_params");
    StructDecl& decl = module_.structs.emplace_back();
    decl.name = name;
    decl.cpp_name = name;
    decl.size = layout.size;
    decl.align = layout.align;
    decl.loc = kernel_.loc;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const ParamsLayout::Param& param = layout.params[i];
      places[i].field = static_cast<std::uint32_t>(i);
      StructDecl::Field field;
      field.name = unique_name(decl.fields, param.local->name + (param.is_span ? "_size" : ""));
      field.type = param.is_span ? module_.types.u32() : param.local->type;
      field.offset = param.offset;
      decl.fields.push_back(std::move(field));
      if (places[i].buffer) buffers_[places[i].buffer] = places[i];
    }
    block_ = add_global("params", kernel_.loc);
    bind(*block_, module_.types.structure(&decl), AddressSpace::params, Access::read);
  }

  const Place* place_of(const Expr& expr) const {
    if (const auto* span = expr.as<GlobalRef>()) {
      const auto found = expr.type->is<SpanType>() ? buffers_.find(span->global) : buffers_.end();
      return found == buffers_.end() ? nullptr : &found->second;
    }
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
  const KernelGroup& group_;
  Function& kernel_; // the first one
  Builder builder_;
  Global* block_ = nullptr;
  std::vector<Global*> bindings_;
  std::unordered_map<const Local*, Place> places_;
  std::unordered_map<const Global*, Place> buffers_;
  Diagnostics problems_;
};

/// A function that no kernel reaches has nobody to give it a span.
void drop_unreached(Module& module) {
  std::unordered_set<const Function*> reached;
  for (auto function = module.functions.rbegin(); function != module.functions.rend(); ++function) {
    if (!function->kernel && !reached.contains(&*function)) continue; // its callers stand behind it
    for_each_expr(function->body, [&](Expr*& expr) {
      if (const auto* call = expr->as<Call>()) reached.insert(call->callee);
    });
  }
  const auto used = used_bound_spans(module);
  erase_functions(module, [&](const Function& function) {
    return !function.kernel && !reached.contains(&function) && used.contains(&function);
  });
}

} // namespace

Status lower_params(Module& module) {
  drop_unreached(module);
  const Result<std::vector<KernelGroup>> groups = group_kernels(module);
  if (!groups) return groups.diagnostics();
  Diagnostics problems;
  for (const KernelGroup& group : *groups) {
    const Status status = ParamLowering(module, group).run();
    if (status) continue;
    problems.insert(problems.end(), status.diagnostics().begin(), status.diagnostics().end());
  }
  if (!problems.empty()) return problems;
  order_functions(module); // copies for a second group stand behind the kernels that call them
  return Success{};
}

} // namespace ring::ir::transform
