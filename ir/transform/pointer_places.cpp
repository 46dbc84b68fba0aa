#include "ir/transform/pointer_places.h"

#include "ir/clone.h"
#include "ir/transform/flatten.h"

#include <optional>

namespace ring::ir::transform {
namespace {

std::optional<std::uint64_t> literal_bits(const Expr& expr) {
  const auto* literal = expr.as<Literal>();
  const auto* bits = literal ? std::get_if<std::uint64_t>(&literal->value) : nullptr;
  return bits ? std::optional(*bits) : std::nullopt;
}

std::optional<bool> literal_truth(const Expr& expr) {
  const auto* literal = expr.as<Literal>();
  const auto* truth = literal ? std::get_if<bool>(&literal->value) : nullptr;
  return truth ? std::optional(*truth) : std::nullopt;
}

bool is_zero(const Expr& expr) { return literal_bits(expr) == 0; }

bool is_narrow_integer(TypePtr type) {
  const auto* scalar = type->as<ScalarType>();
  return scalar && is_integer(scalar->kind) && bit_width(scalar->kind) <= 32;
}

/// Applies `change` to each target of the place.
template <class Change> Place mapped(Place place, const Change& change) {
  if (!place.is_choice()) change(place.target);
  for (Place& arm : place.arms)
    arm = mapped(std::move(arm), change);
  return place;
}

} // namespace

std::vector<Expr**> Target::indices() {
  std::vector<Expr**> result;
  for (Step& step : steps) {
    if (step.index) result.push_back(&step.index);
  }
  if (past) result.push_back(&past);
  return result;
}

bool same_shape(const Target& a, const Target& b) {
  if (a.local != b.local || a.global != b.global || a.steps.size() != b.steps.size()) return false;
  for (std::size_t i = 0; i < a.steps.size(); ++i) {
    const bool is_index = a.steps[i].index != nullptr;
    if (is_index != (b.steps[i].index != nullptr)) return false;
    if (!is_index && a.steps[i].field != b.steps[i].field) return false;
  }
  return true;
}

bool same_name(const Expr& a, const Expr& b) {
  if (a.type != b.type) return false;
  if (const auto* ref = a.as<LocalRef>()) {
    return b.is<LocalRef>() && ref->local == b.as<LocalRef>()->local;
  }
  if (const auto* ref = a.as<GlobalRef>()) {
    return b.is<GlobalRef>() && ref->global == b.as<GlobalRef>()->global;
  }
  if (a.is<Convert>() && b.is<Convert>()) {
    return same_name(*a.as<Convert>()->operand, *b.as<Convert>()->operand);
  }
  if (a.is<Load>() && b.is<Load>()) {
    return same_name(*a.as<Load>()->reference, *b.as<Load>()->reference);
  }
  return literal_bits(a) && literal_bits(a) == literal_bits(b);
}

Expr* PlaceBuilder::copy(const Expr* expr) { return clone(builder_.module(), expr); }

Expr* PlaceBuilder::reference(const Target& target) {
  Expr* result = target.global ? builder_.ref(target.global) : builder_.ref(target.local);
  for (const Target::Step& step : target.steps) {
    if (!step.index)
      result = builder_.member(result, step.field);
    else if (result->type->is<SpanType>())
      result = builder_.span_element(result, copy(step.index));
    else
      result = builder_.index(result, copy(step.index));
  }
  return result;
}

Expr* PlaceBuilder::choose(Expr* condition, Expr* if_true, Expr* if_false) {
  if (same_name(*if_true, *if_false)) return if_true;
  const std::optional<bool> a = literal_truth(*if_true);
  const std::optional<bool> b = literal_truth(*if_false);
  if (a && b)
    return *a == *b ? if_true : *a ? copy(condition) : negate(builder_.module(), copy(condition));
  return builder_.select(copy(condition), if_true, if_false);
}

Place PlaceBuilder::choose(Expr* condition, Place if_true, Place if_false) {
  if (!if_true.is_choice() && !if_false.is_choice() &&
      same_shape(if_true.target, if_false.target)) {
    const auto pick = [&](Expr* a, Expr* b) {
      if (a->type != b->type) {
        a = to_u32(a);
        b = to_u32(b);
      }
      return choose(condition, a, b);
    };
    Place result = if_true;
    for (std::size_t i = 0; i < result.target.steps.size(); ++i) {
      Expr*& index = result.target.steps[i].index;
      if (index) index = pick(index, if_false.target.steps[i].index);
    }
    if (result.target.past || if_false.target.past) {
      Expr* none = builder_.u32(0);
      result.target.past = pick(result.target.past ? result.target.past : none,
                                if_false.target.past ? if_false.target.past : none);
    }
    return result;
  }
  Place result;
  result.condition = condition;
  result.arms.push_back(std::move(if_true));
  result.arms.push_back(std::move(if_false));
  return result;
}

Place PlaceBuilder::field(Place place, std::uint32_t field) {
  return mapped(std::move(place), [&](Target& target) {
    target.past = nullptr;
    if (!target.is_null()) target.steps.push_back({nullptr, field});
  });
}

Place PlaceBuilder::element(Place place, Expr* index) {
  return mapped(std::move(place), [&](Target& target) {
    target.past = nullptr;
    if (!target.is_null()) target.steps.push_back({index, 0});
  });
}

Place PlaceBuilder::moved(Place place, Expr* offset) {
  return mapped(std::move(place), [&](Target& target) {
    if (target.is_null()) return;
    const bool in_array = !target.steps.empty() && target.steps.back().index;
    Expr*& index = in_array ? target.steps.back().index : target.past;
    index = index ? sum(index, offset) : offset;
  });
}

Expr* PlaceBuilder::to_u32(Expr* value) {
  const TypePtr u32 = builder_.types().u32();
  if (const auto bits = literal_bits(*value)) return builder_.integer(u32, *bits);
  if (const auto* convert = value->as<Convert>();
      convert && is_narrow_integer(convert->operand->type)) {
    return builder_.convert(u32, copy(convert->operand));
  }
  return builder_.convert(u32, copy(value));
}

Expr* PlaceBuilder::sum(Expr* a, Expr* b) {
  if (is_zero(*a)) return b;
  if (is_zero(*b)) return a;
  // Elements are counted in 32 bits on the targets without pointers, and wrapping arithmetic takes
  // care of negative offsets.
  const bool literals = a->is<Literal>() && b->is<Literal>();
  if (literals)
    return builder_.u32(static_cast<std::uint32_t>(*literal_bits(*a) + *literal_bits(*b)));
  return a->type == b->type ? builder_.add(copy(a), copy(b)) : builder_.add(to_u32(a), to_u32(b));
}

Expr* PlaceBuilder::last_index(const Target& target) {
  const bool in_array = !target.steps.empty() && target.steps.back().index;
  Expr* index = in_array ? target.steps.back().index : target.past;
  return index ? index : builder_.u32(0);
}

Expr* PlaceBuilder::compare(BinaryOp op, const Place& a, const Place& b) {
  if (a.is_choice()) {
    return choose(a.condition, compare(op, a.arms[0], b), compare(op, a.arms[1], b));
  }
  if (b.is_choice()) {
    return choose(b.condition, compare(op, a, b.arms[0]), compare(op, a, b.arms[1]));
  }
  return compare_targets(op, a.target, b.target);
}

Expr* PlaceBuilder::compare_targets(BinaryOp op, const Target& a, const Target& b) {
  if (!same_shape(a, b)) return builder_.boolean(op == BinaryOp::ne);
  if (a.is_null())
    return builder_.boolean(op == BinaryOp::eq || op == BinaryOp::le || op == BinaryOp::ge);
  Expr* result = nullptr;
  const auto combine = [&](Expr* part) {
    const LogicalOp logical = op == BinaryOp::ne ? LogicalOp::logical_or : LogicalOp::logical_and;
    result = result ? builder_.logical(logical, result, part) : part;
  };
  const auto compare = [&](Expr* x, Expr* y) {
    if (x->type == y->type) return builder_.binary(op, copy(x), copy(y));
    return builder_.binary(op, to_u32(x), to_u32(y));
  };
  const bool is_equality = op == BinaryOp::eq || op == BinaryOp::ne;
  for (std::size_t i = 0; is_equality && i + 1 < a.steps.size(); ++i) {
    Expr* x = a.steps[i].index;
    Expr* y = b.steps[i].index;
    if (x && !same_name(*x, *y)) combine(compare(x, y));
  }
  combine(compare(last_index(a), last_index(b)));
  return result;
}

Expr* PlaceBuilder::difference(const Place& a, const Place& b) {
  if (a.is_choice()) {
    return builder_.select(copy(a.condition), difference(a.arms[0], b), difference(a.arms[1], b));
  }
  if (b.is_choice()) {
    return builder_.select(copy(b.condition), difference(a, b.arms[0]), difference(a, b.arms[1]));
  }
  const TypePtr i64 = builder_.types().i64();
  Expr* x = last_index(a.target);
  Expr* y = last_index(b.target);
  Expr* minuend = builder_.convert(i64, to_u32(x));
  return is_zero(*y) ? minuend : builder_.sub(minuend, builder_.convert(i64, to_u32(y)));
}

} // namespace ring::ir::transform
