#include "ir/analysis/properties.h"
#include "ir/analysis/uniformity_walk.h"
#include "ir/overloaded.h"
#include "ir/walk.h"

namespace ring::ir::analysis::uniformity {
namespace {

using intrinsics::Category;

std::string quoted_name(const std::string& name) { return "'" + name + "'"; }

std::string group_of(const intrinsics::Row& row) {
  const bool is_block = row.uniformity == intrinsics::Uniformity::block;
  return is_block ? "threads of the block" : "lanes of the warp";
}

/// The variable that a reference or pointer is made from, seen through what target_of() sees
/// through; null for none.
const Local* root_variable(const Expr& expr) {
  if (const auto* e = expr.as<LocalRef>()) {
    return e->local->kind == Local::Kind::var && expr.type->is<RefType>() ? e->local : nullptr;
  }
  if (const auto* e = expr.as<Index>()) return root_variable(*e->base);
  if (const auto* e = expr.as<Member>()) return root_variable(*e->base);
  if (const auto* e = expr.as<AddressOf>()) return root_variable(*e->reference);
  if (const auto* e = expr.as<Deref>()) return root_variable(*e->pointer);
  if (const auto* e = expr.as<PtrOffset>()) return root_variable(*e->pointer);
  if (const auto* e = expr.as<Bitcast>()) return root_variable(*e->operand);
  if (const auto* e = expr.as<Convert>()) return root_variable(*e->operand);
  return nullptr;
}

bool leads_somewhere(TypePtr type) {
  return type->is<RefType>() || type->is<PtrType>() || type->is<SpanType>();
}

/// Whether target_of() can follow a reference that stands below this node.
bool follows(const Expr& parent) {
  return parent.is<Load>() || parent.is<Index>() || parent.is<Member>() || parent.is<AddressOf>() ||
         parent.is<Deref>() || parent.is<PtrOffset>() || parent.is<PtrDifference>() ||
         parent.is<Bitcast>() || parent.is<Convert>() || parent.is<Binary>() || parent.is<Call>() ||
         parent.is<Intrinsic>();
}

} // namespace

/// A variable whose address goes where nobody follows it shares one value with all others of its
/// kind.
void Walk::find_escapes(const Function& function) {
  if (!scanned_.insert(&function).second) return;
  const auto escape = [&](const Expr* expr) {
    if (!expr || !holds_pointers(expr->type)) return;
    if (const Local* variable = root_variable(*expr)) escaped_.insert(variable);
  };
  auto& body = const_cast<Block&>(function.body); // the walkers take mutable nodes; nothing changes
  for_each_expr(body, [&](Expr*& expr) {
    if (follows(*expr)) return;
    for_each_operand(*expr, [&](Expr*& operand) { escape(operand); });
  });
  for_each_stmt(body, [&](Stmt& stmt) {
    if (const auto* s = stmt.as<Store>()) escape(s->value);
    if (const auto* s = stmt.as<Var>()) escape(s->init);
    if (const auto* s = stmt.as<Return>()) escape(s->value);
  });
}

const Local* Walk::cell_of(const Local* variable) const {
  return escaped_.contains(variable) ? nullptr : variable;
}

/// From now on; a call may give back what it got.
void Walk::escape(const Target& target) {
  if (target.kind != Target::Kind::variable || !escaped_.insert(target.variable).second) return;
  const auto found = state_.values.find(target.variable);
  if (found != state_.values.end()) state_.values[nullptr].meet(Value(found->second));
}

void Walk::declare(const Local* local, const Expr* init) {
  const Value value = init ? eval(*init) : Value{};
  if (const auto* span = local->type->as<SpanType>(); span && !init) {
    const bool fixed = span->access == Access::read;
    targets_[local] = {fixed ? Target::Kind::constant : Target::Kind::storage, nullptr, local,
                       local->name};
  }
  if (init && local->kind == Local::Kind::let && leads_somewhere(local->type)) {
    targets_[local] = target_of(*init);
  }
  if (local->kind != Local::Kind::var) {
    state_.values[local] = value;
  } else if (const Local* cell = cell_of(local)) {
    state_.values[cell] = init ? meet(value, state_.flow) : value;
  } else if (init) {
    state_.values[nullptr].meet(meet(value, state_.flow));
  }
}

Target Walk::target_of(const Expr& expr) const {
  using Kind = Target::Kind;
  if (const auto* e = expr.as<LocalRef>()) {
    if (e->local->kind == Local::Kind::var && expr.type->is<RefType>()) {
      return {Kind::variable, e->local, nullptr, {}};
    }
    const auto found = targets_.find(e->local);
    if (found != targets_.end()) return found->second;
  } else if (const auto* e = expr.as<GlobalRef>()) {
    const Global& global = *e->global;
    if (global.space == AddressSpace::workgroup)
      return {Kind::global, nullptr, &global, global.name};
    if (const auto* span = global.type->as<SpanType>(); global.space == AddressSpace::launch) {
      const bool fixed = span->access == Access::read;
      return {fixed ? Kind::constant : Kind::storage, nullptr, &global, global.name};
    }
    const bool fixed = global.space != AddressSpace::storage || global.access == Access::read;
    return {fixed ? Kind::constant : Kind::storage, nullptr, &global, global.name};
  } else if (const auto* e = expr.as<Index>(); e && e->base->type->is<RefType>()) {
    return target_of(*e->base);
  } else if (const auto* e = expr.as<Member>(); e && e->base->type->is<RefType>()) {
    return target_of(*e->base);
  } else if (const auto* e = expr.as<AddressOf>()) {
    return target_of(*e->reference);
  } else if (const auto* e = expr.as<Deref>()) {
    return target_of(*e->pointer);
  } else if (const auto* e = expr.as<PtrOffset>()) {
    return target_of(*e->pointer);
  } else if (const auto* e = expr.as<Bitcast>()) {
    return target_of(*e->operand);
  } else if (const auto* e = expr.as<Convert>()) {
    return target_of(*e->operand);
  } else if (const auto* e = expr.as<SpanElement>()) {
    return target_of(*e->span);
  } else if (const auto* e = expr.as<SpanData>()) {
    return target_of(*e->span);
  } else if (const auto* e = expr.as<MakeSpan>()) {
    return target_of(*e->pointer);
  }
  // The type still says something.
  const auto said = [](AddressSpace space, Access access) -> Target {
    const bool fixed = space == AddressSpace::constant || space == AddressSpace::params ||
                       (space == AddressSpace::storage && access == Access::read);
    if (fixed) return {Kind::constant, nullptr, nullptr, {}};
    if (space != AddressSpace::storage) return {};
    return {Kind::storage, nullptr, &kSomeBuffer, "the buffer"};
  };
  if (const auto* ref = expr.type->as<RefType>()) return said(ref->space, ref->access);
  if (const auto* ptr = expr.type->as<PtrType>()) return said(ptr->space, ptr->access);
  if (const auto* span = expr.type->as<SpanType>())
    return said(AddressSpace::storage, span->access);
  return {};
}

Value Walk::read(std::initializer_list<const void*> keys, Loc loc, const std::string& name) {
  Written mark;
  for (const void* key : keys) {
    const auto found = state_.written.find(key);
    if (found == state_.written.end()) continue;
    mark.since_block_barrier |= found->second.since_block_barrier;
    mark.since_warp_barrier |= found->second.since_warp_barrier;
  }
  if (!mark.since_block_barrier) return {};
  Value value = source(loc, name + ", which was written since the last barrier");
  if (!mark.since_warp_barrier) value.warp = nullptr;
  return value;
}

Value Walk::contents(const Target& target, Loc loc) {
  const auto value_of = [&](const Local* cell) {
    const auto found = state_.values.find(cell);
    return found == state_.values.end() ? Value{} : found->second;
  };
  const std::string name = quoted_name(target.name);
  switch (target.kind) {
  case Target::Kind::variable:
    return value_of(cell_of(target.variable));
  case Target::Kind::global:
    return read({target.object, &kAnything}, loc, name);
  case Target::Kind::storage:
    return read({target.object, &kSomeBuffer, &kAnything}, loc, name);
  case Target::Kind::constant:
    return {};
  case Target::Kind::unknown:
    break;
  }
  Value value = value_of(nullptr);
  for (const auto& [key, mark] : state_.written) {
    value.meet(read({key}, loc, "memory behind a pointer"));
  }
  return value;
}

void Walk::write(const Target& target, const Expr& reference, const Value& value) {
  constexpr Written kNow{true, true};
  switch (target.kind) {
  case Target::Kind::variable: {
    const Local* cell = cell_of(target.variable);
    if (cell && reference.is<LocalRef>() &&
        target.variable->type == reference.type->pointee_or_self()) {
      state_.values[cell] = value; // all of it
    } else {
      state_.values[cell].meet(value);
    }
    return;
  }
  case Target::Kind::global:
  case Target::Kind::storage:
    state_.written[target.object] = kNow;
    return;
  case Target::Kind::constant:
    return;
  case Target::Kind::unknown:
    break;
  }
  state_.values[nullptr].meet(value);
  const auto* ref = reference.type->as<RefType>();
  if (!ref || ref->space != AddressSpace::function) state_.written[&kAnything] = kNow;
}

Value Walk::eval(const Expr& expr) {
  if (const auto* e = expr.as<LocalRef>()) {
    // The address of a variable is the same for all; its contents are a matter of Load.
    if (e->local->kind == Local::Kind::var) return {};
    const auto found = state_.values.find(e->local);
    return found == state_.values.end() ? Value{} : found->second;
  }
  if (const auto* e = expr.as<Load>()) {
    return meet(eval(*e->reference), contents(target_of(*e->reference), expr.loc));
  }
  if (const auto* e = expr.as<Intrinsic>()) return intrinsic(*e, expr);
  if (const auto* e = expr.as<Call>()) return call(*e, expr);
  Value value;
  for_each_operand(const_cast<Expr&>(expr), [&](Expr*& operand) { value.meet(eval(*operand)); });
  return value;
}

Value Walk::intrinsic(const Intrinsic& expr, const Expr& owner) {
  const intrinsics::Row& row = intrinsics::find(expr.id);
  require(expr, owner);
  switch (row.category) {
  case Category::id:
    return id_query(expr, owner);
  case Category::warp:
    return warp_result(expr, owner);
  case Category::barrier: {
    for (auto& [key, mark] : state_.written) {
      mark.since_warp_barrier = false;
      if (row.uniformity == intrinsics::Uniformity::block) mark.since_block_barrier = false;
    }
    // What uniform_load reads between its barriers is the same for all if the address is.
    Value address;
    for (const Expr* operand : expr.operands)
      address.meet(eval(*operand));
    if (address.block) {
      report({&owner, std::string(row.name)}, DiagnosticId::barrier_not_uniform,
             "of an address that is not the same for all " + group_of(row),
             branch(address, owner.loc, "the address").block);
    }
    return {};
  }
  case Category::atomic: {
    Value value;
    for (const Expr* operand : expr.operands)
      value.meet(eval(*operand));
    value.meet(state_.flow);
    if (row.effect != intrinsics::Effect::reads) {
      write(target_of(*expr.operands[0]), *expr.operands[0], value);
    }
    return source(owner.loc, "the result of " + quoted_name(std::string(row.name)));
  }
  default:
    break;
  }
  Value value;
  for (const Expr* operand : expr.operands)
    value.meet(eval(*operand));
  if (row.effect == intrinsics::Effect::writes || row.effect == intrinsics::Effect::reads_writes) {
    // Results through pointers, as std::modf has them.
    for (const Expr* operand : expr.operands) {
      if (leads_somewhere(operand->type)) {
        write(target_of(*operand), *operand, meet(value, state_.flow));
      }
    }
  }
  return value;
}

Value Walk::id_query(const Intrinsic& expr, const Expr& owner) {
  const std::string name(intrinsics::find(expr.id).name);
  if (name == "block_id" || name == "block_dim" || name == "grid_dim" || name == "warp_size")
    return {};
  if (!expr.operands.empty()) {
    // One thread along an axis: its index is always 0.
    const auto* axis = expr.operands[0]->as<Literal>();
    const auto* kind = std::get_if<GlobalKernel>(&kernel_.kernel->kind);
    if (axis && kind && kind->block[std::get<std::uint64_t>(axis->value) % 3] == 1) return {};
  }
  Value value = source(owner.loc, name);
  if (name == "warp_id") value.warp = nullptr;
  return value;
}

Value Walk::warp_result(const Intrinsic& expr, const Expr& owner) {
  const std::string name(intrinsics::find(expr.id).name);
  std::vector<Value> operands;
  for (const Expr* operand : expr.operands)
    operands.push_back(eval(*operand));
  Value value = source(owner.loc, "the result of " + quoted_name(name));
  if (name == "elect") return value;
  const bool votes = name == "ballot" || name == "all" || name == "any";
  const bool one_for_all = votes || name == "broadcast" || name.starts_with("reduce_");
  const bool from_one_lane = name == "shuffle" && !operands[1].warp;
  if (one_for_all || from_one_lane || !operands[0].warp) value.warp = nullptr;
  // A ballot, a sum or a parity of equal values still counts the lanes, and a warp may be partial.
  const bool counts = name == "ballot" || name == "reduce_add" || name == "reduce_xor";
  bool all_uniform = !counts;
  for (const Value& operand : operands)
    all_uniform = all_uniform && !operand.block;
  if (all_uniform) value.block = nullptr;
  return value;
}

Value Walk::call(const Call& expr, const Expr& owner) {
  const Function& callee = *expr.callee;
  if (callee.is_collective) require_group(callee, owner);
  find_escapes(callee);
  for (std::size_t i = 0; i < callee.params.size(); ++i) {
    const Local* param = callee.params[i];
    state_.values[param] = eval(*expr.arguments[i]);
    if (!leads_somewhere(param->type)) continue;
    targets_[param] = target_of(*expr.arguments[i]);
    if (holds_pointers(callee.result)) escape(targets_[param]);
  }
  Exits outer = std::move(exits_);
  exits_ = {};
  const Value flow = state_.flow;
  calls_.push_back({&owner, callee.cpp_name});
  block(callee.body);
  calls_.pop_back();
  state_.merge(exits_.at_returns);
  state_.flow = flow;
  const Value result = exits_.result;
  exits_ = std::move(outer);
  return result;
}

/// Lane 0 speaks for all: they have to be there.
void Walk::require_group(const Function& callee, const Expr& owner) {
  const RingKernel* ring = kernel_.ring();
  if (!ring || ring->scope == RingScope::parallel || !state_.flow.block) return;
  report({&owner, callee.cpp_name}, DiagnosticId::reply_not_uniform,
         "in control flow that is not the same for all lanes of the actor", state_.flow.block);
}

void Walk::require(const Intrinsic& expr, const Expr& owner) {
  const intrinsics::Row& row = intrinsics::find(expr.id);
  if (row.uniformity == intrinsics::Uniformity::none) return;
  const bool for_block = row.uniformity == intrinsics::Uniformity::block;
  const Cause* cause = for_block ? state_.flow.block : state_.flow.warp;
  if (!cause) return;
  report({&owner, std::string(row.name)}, DiagnosticId::barrier_not_uniform,
         "in control flow that is not the same for all " + group_of(row), cause);
}

/// Once for each place, with how the threads came to part and the calls from the kernel to there.
/// What a function of ours does is reported where the user calls it.
void Walk::report(Use use, DiagnosticId id, const std::string& what, const Cause* cause) {
  const Expr* const owner = use.expr;
  std::size_t depth = calls_.size();
  for (; depth > 0 && calls_[depth - 1].name.starts_with("ring::"); --depth)
    use = calls_[depth - 1];
  const Loc loc = use.expr->loc;
  if (!reported_.insert({owner, {loc.file, loc.line, loc.column}}).second) return;
  std::vector<Diagnostic::Note> notes;
  for (; cause; cause = cause->from)
    notes.push_back({cause->loc, cause->note});
  while (depth > 0)
    notes.push_back({calls_[--depth].expr->loc, "called from here"});
  diagnostics_.push_back(
      error(id, loc, quoted_name(use.name) + " " + what + " (in '" + kernel_.cpp_name + "')",
            std::move(notes)));
}

} // namespace ring::ir::analysis::uniformity
