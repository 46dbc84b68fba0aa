#include "ir/transform/pointer_shapes.h"

#include "ir/walk.h"

#include <algorithm>
#include <utility>

namespace ring::ir::transform {

PointerShapes::PointerShapes(Module& module, Function& function)
    : any_index_(Builder(module).u32(0)) {
  std::vector<std::pair<const Local*, const Expr*>> assigned;
  std::vector<const Store*> stores;
  const auto is_pointer = [](TypePtr type) { return type->is<PtrType>() || type->is<SpanType>(); };
  for_each_stmt(function.body, [&](Stmt& stmt) {
    if (const auto* let = stmt.as<Let>()) inits_[let->local] = let->init;
    const auto* var = stmt.as<Var>();
    if (var && var->init && is_pointer(var->local->type))
      assigned.push_back({var->local, var->init});
    const auto* store = stmt.as<Store>();
    if (store && is_pointer(store->value->type)) stores.push_back(store);
  });
  for (const Store* store : stores) {
    for (const Target& target : targets(*store->reference)) {
      if (!target.local) continue;
      assigned.push_back({target.local, store->value});
      stored_.insert(target.local);
    }
  }
  // One variable may be assigned to the next, so repeat until nothing is new.
  bool changed = true;
  while (changed) {
    changed = false;
    for (const auto& [var, value] : assigned)
      changed |= add(var, targets(*value));
  }
}

const std::vector<Target>& PointerShapes::of(const Local* var) const {
  static const std::vector<Target> kNone;
  const auto found = shapes_.find(var);
  return found == shapes_.end() ? kNone : found->second;
}

bool PointerShapes::add(const Local* var, const std::vector<Target>& targets) {
  std::vector<Target>& known = shapes_[var];
  bool changed = false;
  for (const Target& target : targets) {
    const auto same = std::find_if(known.begin(), known.end(),
                                   [&](const Target& other) { return same_shape(target, other); });
    if (same == known.end()) {
      known.push_back(target);
      changed = true;
    } else if (target.past && !same->past) {
      same->past = target.past;
      changed = true;
    }
  }
  return changed;
}

std::vector<Target> PointerShapes::targets(const Expr& expr) const {
  const auto with = [&](const Expr& base, const auto& change) {
    std::vector<Target> result = targets(base);
    for (Target& target : result)
      change(target);
    return result;
  };
  const auto same = [](Target&) {};
  if (const auto* e = expr.as<LocalRef>()) {
    if (const auto let = inits_.find(e->local); let != inits_.end()) return targets(*let->second);
    const bool is_span_param =
        e->local->kind == Local::Kind::param && e->local->type->is<SpanType>();
    if (e->local->kind != Local::Kind::var && !is_span_param) return {}; // the caller may know
    Target target;
    target.local = e->local;
    if (is_span_param) target.steps.push_back({any_index_, 0});
    return {target};
  }
  if (const auto* e = expr.as<GlobalRef>()) {
    Target target;
    target.global = e->global;
    if (e->global->space == AddressSpace::launch) target.steps.push_back({any_index_, 0});
    return {target};
  }
  if (const auto* e = expr.as<Index>()) {
    return with(*e->base, [&](Target& t) { t.steps.push_back({any_index_, 0}); });
  }
  if (const auto* e = expr.as<Member>()) {
    return with(*e->base, [&](Target& t) { t.steps.push_back({nullptr, e->field}); });
  }
  if (const auto* e = expr.as<PtrOffset>()) {
    return with(*e->pointer, [&](Target& t) {
      const bool in_array = !t.steps.empty() && t.steps.back().index;
      if (!in_array && !t.is_null()) t.past = any_index_;
    });
  }
  if (const auto* e = expr.as<Load>()) {
    // A pointer that is read: only pointer variables lead anywhere.
    std::vector<Target> result;
    for (const Target& target : targets(*e->reference)) {
      if (!target.local || !target.steps.empty()) continue;
      const std::vector<Target>& known = of(target.local);
      result.insert(result.end(), known.begin(), known.end());
    }
    return result;
  }
  if (const auto* e = expr.as<Select>()) {
    std::vector<Target> result = targets(*e->if_true);
    for (Target& target : targets(*e->if_false))
      result.push_back(std::move(target));
    return result;
  }
  if (expr.is<Construct>()) return {Target{}};
  if (const auto* e = expr.as<AddressOf>()) return with(*e->reference, same);
  if (const auto* e = expr.as<Deref>())
    return with(*e->pointer, [](Target& t) { t.past = nullptr; });
  if (const auto* e = expr.as<SpanElement>()) return with(*e->span, same);
  if (const auto* e = expr.as<SpanData>()) return with(*e->span, same);
  if (const auto* e = expr.as<MakeSpan>()) return with(*e->pointer, same);
  if (const auto* e = expr.as<Bitcast>()) return with(*e->operand, same);
  if (const auto* e = expr.as<Convert>()) return with(*e->operand, same);
  return {};
}

} // namespace ring::ir::transform
