#include "ir/transform/resolve_pointers.h"

#include "ir/analysis/properties.h"
#include "ir/clone.h"
#include "ir/transform/flatten.h"
#include "ir/transform/pointer_places.h"
#include "ir/transform/pointer_shapes.h"
#include "ir/walk.h"

#include <algorithm>
#include <functional>

namespace ring::ir::transform {
namespace {

bool is_pointer_like(TypePtr type) {
  return type->is<RefType>() || type->is<PtrType>() || type->is<SpanType>();
}

/// A name or a literal, converted or not: needs no let to keep its value.
bool is_fixed(const Expr& expr) {
  if (expr.is<Literal>()) return true;
  if (const auto* ref = expr.as<LocalRef>()) return ref->local->kind != Local::Kind::var;
  if (const auto* convert = expr.as<Convert>()) return is_fixed(*convert->operand);
  return false;
}

bool is_null(const Place& place) { return !place.is_choice() && place.target.is_null(); }

/// A pointer and, of a span, a number of elements.
struct PointerValue {
  Place place;
  Expr* size = nullptr;
};

/// What stands for a pointer or span variable.
struct PointerVar {
  std::vector<Target> shapes; // all that it can lead to
  Local* which = nullptr;     // the current one, if there are several
  std::vector<Local*> indices;
  Local* size = nullptr; // of a span
};

class PointerResolver {
public:
  PointerResolver(Module& module, Function& function)
      : module_(module), function_(function), builder_(module), places_(builder_),
        shapes_(module, function) {}

  Status run() {
    resolve(function_.body);
    if (!problems_.empty()) return problems_;
    return Success{};
  }

private:
  // --- Statements
  // ---------------------------------------------------------------------------------

  void resolve(Block& block) {
    const std::vector<Stmt*> statements = std::move(block.statements);
    block.statements.clear();
    for (Stmt* stmt : statements) {
      builder_.set_block(&block);
      builder_.set_loc(stmt->loc);
      if (!resolve_statement(*stmt)) {
        for_each_root(*stmt, [&](Expr*& root) { root = value(root); });
        block.statements.push_back(stmt);
      }
      for_each_block(*stmt, [&](Block& inner) { resolve(inner); });
    }
  }

  /// True if what the statement does has been written already.
  bool resolve_statement(Stmt& stmt) {
    if (const auto* let = stmt.as<Let>()) {
      if (is_pointer_like(let->init->type)) {
        bound_[let->local] = captured(pointer(let->init), let->local->name);
        return true;
      }
      return resolve_effect(stmt, *let->init, let->local);
    }
    if (const auto* var = stmt.as<Var>(); var && is_pointer_like(var->local->type)) {
      if (var->init && shapes_.is_fixed(var->local)) {
        bound_[var->local] = captured(pointer(var->init), var->local->name);
        return true;
      }
      declare(*var->local, var->init);
      return true;
    }
    if (const auto* eval = stmt.as<Eval>()) {
      return is_pointer_like(eval->value->type) || resolve_effect(stmt, *eval->value, nullptr);
    }
    auto* store = stmt.as<Store>();
    if (!store) return false;
    if (is_pointer_like(store->value->type)) {
      assign(pointer(store->reference).place, pointer(store->value));
      return true;
    }
    const Place place = pointer(store->reference).place;
    Expr* stored = value(store->value);
    if (place.is_choice() && !is_fixed(*stored))
      stored = builder_.ref(builder_.let("stored", stored));
    for_each_target(place, [&](const Target& target) {
      builder_.store(places_.reference(target), places_.copy(stored));
    });
    return true;
  }

  /// An atomic or another intrinsic at the root of a Let or Eval, whose references may be choices.
  bool resolve_effect(Stmt& stmt, Expr& root, Local* result) {
    auto* intrinsic = root.as<Intrinsic>();
    if (!intrinsic || intrinsic->operands.empty() || !intrinsic->operands[0]->type->is<RefType>()) {
      return false;
    }
    const Place place = pointer(intrinsic->operands[0]).place;
    for (std::size_t i = 1; i < intrinsic->operands.size(); ++i) {
      Expr*& operand = intrinsic->operands[i];
      operand = value(operand);
      const bool repeats = place.is_choice() && !is_pointer_like(operand->type);
      if (repeats && !is_fixed(*operand)) operand = builder_.ref(builder_.let("operand", operand));
    }
    const auto on = [&](const Target& target) {
      std::vector<Expr*> operands{places_.reference(target)};
      for (std::size_t i = 1; i < intrinsic->operands.size(); ++i) {
        operands.push_back(places_.copy(intrinsic->operands[i]));
      }
      return builder_.intrinsic(root.type, intrinsic->id, std::move(operands), intrinsic->order,
                                intrinsic->scope);
    };
    if (!place.is_choice()) {
      if (place.target.is_null()) return true; // reported, or never reached
      Expr* made = on(place.target);
      if (result)
        stmt.node = Let{result, made};
      else
        stmt.node = Eval{made};
      builder_.append(&stmt);
      return true;
    }
    if (!result) {
      for_each_target(place, [&](const Target& target) { builder_.eval(on(target)); });
      return true;
    }
    Local* chosen = builder_.var(result->name, result->type);
    for_each_target(place, [&](const Target& target) {
      Local* old = builder_.let("old", on(target));
      builder_.store(builder_.ref(chosen), builder_.ref(old));
    });
    stmt.node = Let{result, builder_.load(builder_.ref(chosen))};
    builder_.append(&stmt);
    return true;
  }

  /// Writes statements for each target that is not null, under an `if` where there is a choice.
  void for_each_target(const Place& place, const std::function<void(const Target&)>& write) {
    if (!place.is_choice()) {
      if (!place.target.is_null()) write(place.target);
      return;
    }
    const bool first_is_null = is_null(place.arms[0]);
    if (first_is_null && is_null(place.arms[1])) return;
    Expr* condition = places_.copy(place.condition);
    Block* outer = builder_.block();
    If* branch = builder_.if_(first_is_null ? negate(module_, condition) : condition);
    builder_.set_block(&branch->then_block);
    for_each_target(place.arms[first_is_null ? 1 : 0], write);
    builder_.set_block(&branch->else_block);
    if (!first_is_null) for_each_target(place.arms[1], write);
    builder_.set_block(outer);
  }

  // --- Variables
  // ----------------------------------------------------------------------------------

  void declare(const Local& local, Expr* init) {
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

  void assign(const Place& place, const PointerValue& assigned) {
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

  /// The number of the shape that the place has now.
  Expr* which(const PointerVar& var, const Place& place, Loc loc) {
    if (place.is_choice()) {
      return places_.choose(place.condition, which(var, place.arms[0], loc),
                            which(var, place.arms[1], loc));
    }
    for (std::size_t i = 0; i < var.shapes.size(); ++i) {
      if (same_shape(var.shapes[i], place.target))
        return builder_.u32(static_cast<std::uint32_t>(i));
    }
    return builder_.u32(0); // only after an error
  }

  Expr* index_of(const Place& place, std::size_t k) {
    if (place.is_choice()) {
      return places_.choose(place.condition, index_of(place.arms[0], k),
                            index_of(place.arms[1], k));
    }
    Target target = place.target;
    const std::vector<Expr**> indices = target.indices();
    return k < indices.size() ? places_.to_u32(*indices[k]) : builder_.u32(0);
  }

  PointerValue current(const Local* local, Loc loc) {
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

  /// The same with everything that may change later kept in lets.
  PointerValue captured(PointerValue pointer, const std::string& name) {
    std::vector<std::pair<Expr*, Local*>> kept;
    capture(pointer.place, name, nullptr, kept);
    if (pointer.size && !is_fixed(*pointer.size)) {
      const bool is_param = pointer.size->is<SpanSize>(); // never changes
      if (!is_param)
        pointer.size = builder_.ref(builder_.let(name + "_size", places_.copy(pointer.size)));
    }
    return pointer;
  }

  /// `guard`: the conditions under which the place is the one, for indices that are unsafe without.
  void capture(Place& place, const std::string& name, Expr* guard,
               std::vector<std::pair<Expr*, Local*>>& lets) {
    if (place.is_choice()) {
      if (!is_fixed(*place.condition)) {
        place.condition =
            builder_.ref(builder_.let(name + "_which", places_.copy(place.condition)));
      }
      Expr* otherwise = negated(place.condition);
      capture(place.arms[0], name, both(guard, place.condition), lets);
      capture(place.arms[1], name, both(guard, otherwise), lets);
      return;
    }
    for (Expr** index : place.target.indices()) {
      if (is_fixed(**index)) continue;
      const auto same = std::find_if(lets.begin(), lets.end(), [&](const auto& let) {
        return same_name(*let.first, **index);
      });
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

  Expr* both(Expr* a, Expr* b) {
    if (!a) return b;
    return builder_.logical(LogicalOp::logical_and, places_.copy(a), places_.copy(b));
  }
  Expr* negated(Expr* condition) {
    return builder_.unary(UnaryOp::logical_not, places_.copy(condition));
  }

  // --- Expressions
  // --------------------------------------------------------------------------------

  /// Where a reference, pointer or span expression leads; nowhere once there has been an error.
  PointerValue pointer(Expr* expr) {
    PointerValue result = find(expr);
    return problems_.empty() ? result : PointerValue{};
  }

  PointerValue find(Expr* expr) {
    const auto place_only = [](Place place) { return PointerValue{std::move(place), nullptr}; };
    if (const auto* e = expr->as<LocalRef>()) return named(*e->local, expr->loc);
    if (const auto* e = expr->as<GlobalRef>()) {
      PointerValue result;
      result.place.target.global = e->global;
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

  PointerValue named(Local& local, Loc loc) {
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

  /// The pointer that is kept in a variable.
  PointerValue loaded(const Place& place, Loc loc) {
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

  PointerValue cast(Expr* operand, const Expr& result) {
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

  /// An expression that is no reference, pointer or span.
  Expr* value(Expr* expr) {
    const Loc outer = builder_.loc();
    if (expr->loc.valid()) builder_.set_loc(expr->loc);
    Expr* result = value_here(expr);
    builder_.set_loc(outer);
    return result;
  }

  Expr* value_here(Expr* expr) {
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

  Expr* read(const Place& place, TypePtr type) {
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

  void refuse_memory(Loc loc) {
    problems_.push_back(error(DiagnosticId::pointer_in_memory, loc,
                              "a pointer comes out of memory, and the target has no pointers; keep "
                              "pointers in local variables, or store an index instead"));
  }

  Module& module_;
  Function& function_;
  Builder builder_;
  PlaceBuilder places_;
  PointerShapes shapes_;
  std::unordered_map<const Local*, PointerValue> bound_; // lets, and variables that never change
  std::unordered_map<const Local*, PointerVar> vars_;
  Diagnostics problems_;
};

} // namespace

Status resolve_pointers(Module& module) {
  Diagnostics problems;
  for (Function& function : module.functions) {
    const Status status = PointerResolver(module, function).run();
    if (status) continue;
    problems.insert(problems.end(), status.diagnostics().begin(), status.diagnostics().end());
  }
  if (!problems.empty()) return problems;
  return Success{};
}

} // namespace ring::ir::transform
