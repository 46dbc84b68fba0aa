// Pointer variables: a number for what they lead to, and indices.
#include "ir/analysis/properties.h"
#include "ir/transform/resolve_pointers_state.h"

#include <algorithm>

namespace ring::ir::transform::pointers {

void PointerResolver::declare(const Local& local, Expr* init) {
  PointerVar& var = vars_[&local];
  var.shapes = shapes_.of(&local);
  std::size_t count = 0;
  for (Target& shape : var.shapes)
    count = std::max(count, shape.indices().size());
  const PointerValue start = init ? pointer(init) : PointerValue{};
  const auto object = [&](const std::string& suffix, TypePtr type, const auto& first) {
    return builder_.var(local.name + suffix, type, init ? first() : nullptr);
  };
  const TypePtr u32 = module_.types.u32();
  if (var.shapes.size() > 1) {
    var.which = object("_which", u32, [&] { return which(var, start.place, local.loc); });
  }
  for (std::size_t k = 0; k < count; ++k) {
    const std::string suffix = k + 1 == count ? "_index" : "_index" + std::to_string(k);
    var.indices.push_back(object(suffix, u32, [&] { return index_of(start.place, k); }));
  }
  if (local.type->is<SpanType>()) {
    var.size = object("_size", module_.types.u64(), [&] { return places_.copy(start.size); });
  }
}

void PointerResolver::assign(const Place& place, const PointerValue& assigned) {
  if (!problems_.empty()) return; // then neither leads anywhere
  for_each_target(place, [&](const Target& target) {
    const auto found = target.steps.empty() ? vars_.find(target.local) : vars_.end();
    if (found == vars_.end()) return refuse_memory(builder_.loc());
    const PointerVar& var = found->second;
    std::vector<std::pair<Local*, Expr*>> values;
    if (var.which) values.push_back({var.which, which(var, assigned.place, builder_.loc())});
    for (std::size_t k = 0; k < var.indices.size(); ++k) {
      values.push_back({var.indices[k], index_of(assigned.place, k)});
    }
    if (var.size) values.push_back({var.size, places_.copy(assigned.size)});
    // One may be made of the other: all are read before any is written.
    const auto first_fixed = std::stable_partition(
        values.begin(), values.end(), [](const auto& value) { return !is_fixed(*value.second); });
    const bool needs_lets = first_fixed - values.begin() > 1;
    for (auto value = values.begin(); needs_lets && value != first_fixed; ++value) {
      value->second = builder_.ref(builder_.let("next", value->second));
    }
    for (const auto& [local, expr] : values)
      builder_.store(builder_.ref(local), expr);
  });
}

Expr* PointerResolver::which(const PointerVar& var, const Place& place, Loc loc) {
  if (place.is_choice()) {
    return places_.choose(place.condition, which(var, place.arms[0], loc),
                          which(var, place.arms[1], loc));
  }
  for (std::size_t i = 0; i < var.shapes.size(); ++i) {
    if (same_shape(var.shapes[i], place.target)) return builder_.u32(static_cast<std::uint32_t>(i));
  }
  return builder_.u32(0); // only after an error
}

Expr* PointerResolver::index_of(const Place& place, std::size_t k) {
  if (place.is_choice()) {
    return places_.choose(place.condition, index_of(place.arms[0], k), index_of(place.arms[1], k));
  }
  Target target = place.target;
  const std::vector<Expr**> indices = target.indices();
  return k < indices.size() ? places_.to_u32(*indices[k]) : builder_.u32(0);
}

PointerValue PointerResolver::current(const Local* local, Loc loc) {
  if (const auto fixed = bound_.find(local); fixed != bound_.end()) return fixed->second;
  const auto found = vars_.find(local);
  if (found == vars_.end()) return refuse_memory(loc), PointerValue{};
  const PointerVar& var = found->second;
  if (var.shapes.empty()) {
    problems_.push_back(error(DiagnosticId::pointer_unknown, loc,
                              "'" + local->name + "' is read, but nothing gives it a target"));
    return {};
  }
  PointerValue result;
  for (std::size_t i = var.shapes.size(); i-- > 0;) {
    Place place;
    place.target = var.shapes[i];
    std::size_t k = 0;
    for (Expr** index : place.target.indices())
      *index = builder_.load(builder_.ref(var.indices[k++]));
    if (i + 1 == var.shapes.size()) {
      result.place = std::move(place);
      continue;
    }
    Expr* is_this = builder_.binary(BinaryOp::eq, builder_.load(builder_.ref(var.which)),
                                    builder_.u32(static_cast<std::uint32_t>(i)));
    Place choice;
    choice.condition = is_this;
    choice.arms = {std::move(place), std::move(result.place)};
    result.place = std::move(choice);
  }
  if (var.size) result.size = builder_.load(builder_.ref(var.size));
  return result;
}

PointerValue PointerResolver::captured(PointerValue pointer, const std::string& name) {
  std::vector<std::pair<Expr*, Local*>> kept;
  capture(pointer.place, name, nullptr, kept);
  if (pointer.size && !is_fixed(*pointer.size)) {
    const bool is_param = pointer.size->is<SpanSize>(); // never changes
    if (!is_param)
      pointer.size = builder_.ref(builder_.let(name + "_size", places_.copy(pointer.size)));
  }
  return pointer;
}

void PointerResolver::capture(Place& place, const std::string& name, Expr* guard,
                              std::vector<std::pair<Expr*, Local*>>& lets) {
  if (place.is_choice()) {
    if (!is_fixed(*place.condition)) {
      place.condition = builder_.ref(builder_.let(name + "_which", places_.copy(place.condition)));
    }
    Expr* otherwise = negated(place.condition);
    capture(place.arms[0], name, both(guard, place.condition), lets);
    capture(place.arms[1], name, both(guard, otherwise), lets);
    return;
  }
  for (Expr** index : place.target.indices()) {
    if (is_fixed(**index)) continue;
    const auto same = std::find_if(lets.begin(), lets.end(),
                                   [&](const auto& let) { return same_name(*let.first, **index); });
    if (same != lets.end()) {
      *index = builder_.ref(same->second);
      continue;
    }
    Expr* kept = places_.copy(*index);
    if (guard && !analysis::is_speculatable(*kept, false)) {
      kept = builder_.select(places_.copy(guard), kept, builder_.zero(kept->type));
    }
    lets.push_back({*index, builder_.let(name + "_index", kept)});
    *index = builder_.ref(lets.back().second);
  }
}

Expr* PointerResolver::both(Expr* a, Expr* b) {
  if (!a) return b;
  return builder_.logical(LogicalOp::logical_and, places_.copy(a), places_.copy(b));
}

Expr* PointerResolver::negated(Expr* condition) {
  return builder_.unary(UnaryOp::logical_not, places_.copy(condition));
}

} // namespace ring::ir::transform::pointers
