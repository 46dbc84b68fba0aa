// Expressions: where references and pointers lead, and what values are read through them.
#include "ir/transform/resolve_pointers_state.h"
#include "ir/walk.h"

namespace ring::ir::transform::pointers {

PointerValue PointerResolver::pointer(Expr* expr) {
  PointerValue result = find(expr);
  return problems_.empty() ? result : PointerValue{};
}

PointerValue PointerResolver::find(Expr* expr) {
  const auto place_only = [](Place place) { return PointerValue{std::move(place), nullptr}; };
  if (const auto* e = expr->as<LocalRef>()) return named(*e->local, expr->loc);
  if (const auto* e = expr->as<GlobalRef>()) {
    PointerValue result;
    result.place.target.global = e->global;
    if (e->global->space == AddressSpace::launch) {
      result.place.target.steps.push_back({builder_.zero(module_.types.u64()), 0});
      result.size = builder_.span_size(builder_.ref(e->global));
    }
    return result;
  }
  if (const auto* e = expr->as<Index>()) {
    return place_only(places_.element(pointer(e->base).place, value(e->index)));
  }
  if (const auto* e = expr->as<Member>()) {
    return place_only(places_.field(pointer(e->base).place, e->field));
  }
  if (const auto* e = expr->as<PtrOffset>()) {
    return place_only(places_.moved(pointer(e->pointer).place, value(e->offset)));
  }
  if (const auto* e = expr->as<SpanElement>()) {
    return place_only(places_.moved(pointer(e->span).place, value(e->index)));
  }
  if (const auto* e = expr->as<Load>()) return loaded(pointer(e->reference).place, expr->loc);
  if (const auto* e = expr->as<Select>()) {
    PointerValue a = pointer(e->if_true);
    PointerValue b = pointer(e->if_false);
    Expr* condition = value(e->condition);
    PointerValue result;
    if (a.size && b.size) result.size = places_.choose(condition, a.size, b.size);
    result.place = places_.choose(condition, std::move(a.place), std::move(b.place));
    return result;
  }
  if (expr->is<Construct>()) {
    return {Place{}, expr->type->is<SpanType>() ? builder_.zero(module_.types.u64()) : nullptr};
  }
  if (const auto* e = expr->as<AddressOf>()) return pointer(e->reference);
  if (const auto* e = expr->as<Deref>()) return pointer(e->pointer);
  if (const auto* e = expr->as<SpanData>()) return place_only(pointer(e->span).place);
  if (const auto* e = expr->as<MakeSpan>()) return {pointer(e->pointer).place, value(e->size)};
  if (const auto* e = expr->as<Bitcast>()) return cast(e->operand, *expr);
  if (const auto* e = expr->as<Convert>()) return cast(e->operand, *expr);
  refuse_memory(expr->loc);
  return {};
}

PointerValue PointerResolver::named(Local& local, Loc loc) {
  PointerValue result;
  if (local.kind == Local::Kind::var) {
    result.place.target.local = &local;
    return result;
  }
  if (local.kind == Local::Kind::param && local.type->is<SpanType>()) {
    result.place.target.local = &local;
    result.place.target.steps.push_back({builder_.zero(module_.types.u64()), 0});
    result.size = builder_.span_size(builder_.ref(&local));
    return result;
  }
  const auto found = bound_.find(&local);
  if (found != bound_.end()) return found->second;
  refuse_memory(loc);
  return result;
}

PointerValue PointerResolver::loaded(const Place& place, Loc loc) {
  if (place.is_choice()) {
    PointerValue a = loaded(place.arms[0], loc);
    PointerValue b = loaded(place.arms[1], loc);
    PointerValue result;
    if (a.size && b.size) result.size = places_.choose(place.condition, a.size, b.size);
    result.place = places_.choose(place.condition, std::move(a.place), std::move(b.place));
    return result;
  }
  if (place.target.local && place.target.steps.empty()) return current(place.target.local, loc);
  refuse_memory(loc);
  return {};
}

PointerValue PointerResolver::cast(Expr* operand, const Expr& result) {
  const auto target = [](TypePtr type) {
    const auto* span = type->as<SpanType>();
    return span ? span->element : type->pointee_or_self();
  };
  if (!is_pointer_like(operand->type) || target(operand->type) != target(result.type)) {
    problems_.push_back(
        error(DiagnosticId::pointer_cast, result.loc,
              "a " + to_string(operand->type) + " is used as a " + to_string(result.type) +
                  ", which a target without pointers cannot do; use std::bit_cast on the value"));
  }
  return pointer(operand);
}

Expr* PointerResolver::value(Expr* expr) {
  const Loc outer = builder_.loc();
  if (expr->loc.valid()) builder_.set_loc(expr->loc);
  Expr* result = value_here(expr);
  builder_.set_loc(outer);
  return result;
}

Expr* PointerResolver::value_here(Expr* expr) {
  if (const auto* e = expr->as<Load>()) return read(pointer(e->reference).place, expr->type);
  if (const auto* e = expr->as<SpanSize>()) {
    Expr* size = pointer(e->span).size;
    return size ? places_.copy(size) : builder_.zero(expr->type);
  }
  if (const auto* e = expr->as<Binary>(); e && e->lhs->type->is<PtrType>()) {
    return places_.compare(e->op, pointer(e->lhs).place, pointer(e->rhs).place);
  }
  if (const auto* e = expr->as<PtrDifference>()) {
    return places_.difference(pointer(e->lhs).place, pointer(e->rhs).place);
  }
  if (const auto* e = expr->as<Convert>(); e && e->operand->type->is<PtrType>()) {
    return places_.compare(BinaryOp::ne, pointer(e->operand).place, Place{});
  }
  if (const auto* e = expr->as<Bitcast>(); e && is_pointer_like(e->operand->type)) {
    cast(e->operand, *expr);
    return builder_.zero(expr->type);
  }
  if (is_pointer_like(expr->type)) { // the operand of an intrinsic
    const Place place = pointer(expr).place;
    if (place.is_choice() || place.target.is_null()) {
      refuse_memory(expr->loc);
      return expr;
    }
    Expr* reference = places_.reference(place.target);
    return expr->type->is<PtrType>() ? builder_.address_of(reference) : reference;
  }
  for_each_operand(*expr, [&](Expr*& operand) { operand = value(operand); });
  return expr;
}

Expr* PointerResolver::read(const Place& place, TypePtr type) {
  if (!place.is_choice()) {
    // Behind a null pointer is nothing; a program that gets there has no meaning.
    return place.target.is_null() ? builder_.zero(type)
                                  : builder_.load(places_.reference(place.target));
  }
  if (is_null(place.arms[0])) return read(place.arms[1], type);
  if (is_null(place.arms[1])) return read(place.arms[0], type);
  return builder_.select(places_.copy(place.condition), read(place.arms[0], type),
                         read(place.arms[1], type));
}

void PointerResolver::refuse_memory(Loc loc) {
  problems_.push_back(error(DiagnosticId::pointer_in_memory, loc,
                            "a pointer comes out of memory, and the target has no pointers; keep "
                            "pointers in local variables, or store an index instead"));
}

} // namespace ring::ir::transform::pointers
