#include "ir/lexer.h"
#include "ir/overloaded.h"
#include "ir/printer.h"
#include "ir/type_rules.h"
#include "ir/verifier_state.h"

namespace ring::ir::checks {
namespace {

/// Whether a `continue` in the block belongs to the loop around it.
bool continues(const Block& block) {
  const auto any = [](const Stmt* stmt) {
    return match(
        stmt->node, [](const Continue&) { return true; },
        [](const If& s) { return continues(s.then_block) || continues(s.else_block); },
        [](const Switch& s) {
          for (const Switch::Case& c : s.cases) {
            if (continues(c.body)) return true;
          }
          return false;
        },
        [](const auto&) { return false; });
  };
  for (const Stmt* stmt : block.statements) {
    if (stmt && any(stmt)) return true;
  }
  return false;
}

/// Where a reference leads: its own variable, or something that outlives the call.
bool is_own_object(const Expr* reference) {
  for (;;) {
    if (const auto* local = reference->as<LocalRef>())
      return local->local->kind == Local::Kind::var;
    if (const auto* index = reference->as<Index>()) {
      reference = index->base;
    } else if (const auto* member = reference->as<Member>()) {
      reference = member->base;
    } else {
      return reference->type->as<RefType>()->space == AddressSpace::function;
    }
  }
}

} // namespace

Place Verifier::place_of(const Stmt& stmt) const {
  return {function_, stmt.loc.valid() ? stmt.loc : function_->loc};
}

void Verifier::declare(const Local* local) {
  visible_.insert(local);
  scope_.push_back(local);
}

void Verifier::leave_scope(std::size_t mark) {
  for (; scope_.size() > mark; scope_.pop_back())
    visible_.erase(scope_.back());
}

void Verifier::check_block(Block& block, Surroundings around) {
  const std::size_t mark = scope_.size();
  check_statements(block, around);
  leave_scope(mark);
}

void Verifier::check_statements(Block& block, Surroundings around) {
  for (Stmt* stmt : block.statements) {
    if (!stmt) {
      reporter_.problem({function_, function_->loc}, "a statement that is null");
    } else if (!seen_stmts_.insert(stmt).second) {
      reporter_.problem(place_of(*stmt), "a statement that stands in two blocks");
    } else {
      check_stmt(*stmt, around);
    }
  }
}

void Verifier::check_stmt(Stmt& stmt, const Surroundings& around) {
  const Place place = place_of(stmt);
  check_loc({function_, stmt.loc});
  match(
      stmt.node, [&](Let& s) { check_declaration(s.local, Local::Kind::let, s.init, place); },
      [&](Var& s) { check_declaration(s.local, Local::Kind::var, s.init, place); },
      [&](Store& s) { check_store(s, place); },
      [&](Eval& s) { check_root(s.value, place, Effects::allowed); },
      [&](If& s) {
        check_condition(s.condition, place);
        check_block(s.then_block, around);
        check_block(s.else_block, around);
      },
      [&](Switch& s) { check_switch(s, around, place); },
      [&](Loop& s) { check_loop(s, around, place); },
      [&](Break&) {
        if (!around.may_break) reporter_.problem(place, "a break that no loop or switch is around");
      },
      [&](Continue&) {
        if (!around.may_continue) reporter_.problem(place, "a continue that no loop is around");
      },
      [&](Return& s) {
        if (!around.may_return) {
          reporter_.problem(place, "a return in a continuing part or in a for_each");
        }
        const bool returns_value = !function_->result->is<VoidType>();
        if (returns_value != (s.value != nullptr)) {
          reporter_.problem(place,
                            returns_value ? "a return without a value" : "a return with a value");
        }
        if (!s.value || !check_root(s.value, place) || !returns_value) return;
        if (!assignable(s.value->type, function_->result)) {
          reporter_.problem(place, "a return of '" + to_string(s.value->type) + "' for '" +
                                       to_string(function_->result) + "'");
        }
      },
      [&](ForEach& s) { check_block(s.body, {false, true, false}); });
}

void Verifier::check_declaration(Local* local, Local::Kind kind, Expr* init, const Place& place) {
  if (!local) return reporter_.problem(place, "a declaration without a local");
  const std::string name = "'" + local->name + "'";
  const bool good_init =
      init &&
      check_root(init, place, kind == Local::Kind::let ? Effects::allowed : Effects::forbidden);
  if (!seen_locals_.insert(local).second) {
    return reporter_.problem(place, name + " is declared twice");
  }
  declare(local);
  if (local->kind != kind) reporter_.problem(place, name + " is declared as another kind of local");
  if (kind == Local::Kind::let && !init) reporter_.problem(place, name + " has no value");
  std::string problem = types_.value_problem(local->type);
  if (problem.empty() && kind == Local::Kind::var && local->type->is<RefType>()) {
    problem = "a reference is no object";
  }
  if (!problem.empty()) {
    broken_.insert(local); // nothing else is said about it
    return reporter_.problem(place, name + ": " + problem);
  }
  needs_.use_type(local->type, place);
  if (good_init && !assignable(init->type, local->type)) {
    reporter_.problem(place, name + " is '" + to_string(local->type) + "', its value '" +
                                 to_string(init->type) + "'");
  }
}

void Verifier::check_store(const Store& store, const Place& place) {
  const bool good_reference = check_root(store.reference, place);
  if (!check_root(store.value, place) || !good_reference) return;
  const auto* ref = store.reference->type->as<RefType>();
  if (!ref)
    return reporter_.problem(place, "a store to '" + to_string(store.reference->type) + "'");
  if (!is_own_object(store.reference)) writes_outside_ = true;
  if (ref->access == Access::read || ref->space == AddressSpace::constant ||
      ref->space == AddressSpace::params) {
    return reporter_.problem(place, "a store to what may only be read");
  }
  const std::string problem = types_.value_problem(ref->pointee);
  if (!problem.empty()) return reporter_.problem(place, "a store: " + problem);
  if (!assignable(store.value->type, ref->pointee)) {
    reporter_.problem(place, "a store of '" + to_string(store.value->type) + "' to '" +
                                 to_string(ref->pointee) + "'");
  }
}

void Verifier::check_condition(Expr* condition, const Place& place) {
  if (check_root(condition, place) && !condition->type->is_bool()) {
    reporter_.problem(place, "a condition of type '" + to_string(condition->type) + "'");
  }
}

void Verifier::check_switch(Switch& stmt, const Surroundings& around, const Place& place) {
  const bool good = check_root(stmt.selector, place);
  if (good && !stmt.selector->type->is_integer()) {
    reporter_.problem(place, "a switch over '" + to_string(stmt.selector->type) + "'");
  }
  const unsigned width = good && stmt.selector->type->is_integer()
                             ? bit_width(stmt.selector->type->as<ScalarType>()->kind)
                             : 64;
  std::set<std::uint64_t> values;
  bool has_default = false;
  for (Switch::Case& c : stmt.cases) {
    if (c.is_default && has_default) reporter_.problem(place, "a second default");
    has_default |= c.is_default;
    if (c.values.empty() && !c.is_default) reporter_.problem(place, "a case without a value");
    for (const Literal& label : c.values) {
      const std::uint64_t value = bits_of(label);
      if (!values.insert(value).second) reporter_.problem(place, "two cases of one value");
      if (width < 64 && value >> width != 0) {
        reporter_.problem(place, "a case that the selector cannot have");
      }
    }
    check_block(c.body, {true, around.may_continue, around.may_return});
  }
}

/// The continuing part sees what the body declares where every turn gets there through the whole
/// body; the last condition sees what the continuing part sees, and what it declares.
void Verifier::check_loop(Loop& loop, const Surroundings& around, const Place& place) {
  if (loop.condition) check_condition(loop.condition, place);
  const std::size_t mark = scope_.size();
  check_statements(loop.body, {true, true, around.may_return});
  if (continues(loop.body)) leave_scope(mark);
  check_statements(loop.continuing, {false, false, false});
  if (loop.break_if) check_condition(loop.break_if, place);
  leave_scope(mark);
}

} // namespace ring::ir::checks
