#include "ir/analysis/uniformity_walk.h"

#include "ir/overloaded.h"

namespace ring::ir::analysis::uniformity {

void State::merge(const State& other) {
  if (!other.reachable) return;
  if (!reachable) {
    const Value kept = flow;
    *this = other;
    flow = kept;
    return;
  }
  for (const auto& [local, value] : other.values)
    values[local].meet(value);
  for (const auto& [global, mark] : other.written) {
    Written& mine = written[global];
    mine.since_block_barrier |= mark.since_block_barrier;
    mine.since_warp_barrier |= mark.since_warp_barrier;
  }
}

bool State::same_level(const State& other) const {
  if (reachable != other.reachable || values.size() != other.values.size() ||
      written != other.written) {
    return false;
  }
  for (const auto& [local, value] : values) {
    const auto found = other.values.find(local);
    if (found == other.values.end() || !found->second.same_level(value)) return false;
  }
  return true;
}

void Walk::run() {
  find_escapes(kernel_);
  const RingKernel* ring = kernel_.ring();
  const bool own_messages = ring && ring->scope == RingScope::parallel;
  for (const Local* param : kernel_.params) {
    declare(param, nullptr);
    const bool is_state = ring && param->type->pointee_or_self()->as<StructType>() &&
                          param->type->pointee_or_self()->as<StructType>()->decl == ring->state;
    if (is_state) targets_[param] = {Target::Kind::storage, nullptr, param, "the actor's state"};
    if (own_messages) state_.values[param] = source(kernel_.loc, "the message of the lane");
  }
  block(kernel_.body);
}

Value Walk::source(Loc loc, std::string name) {
  const Cause* cause = &causes_.emplace_back(Cause{loc, {}, std::move(name), nullptr});
  return {cause, cause};
}

Value Walk::branch(const Value& condition, Loc loc, std::string_view note) {
  const auto follow = [&](const Cause* cause) -> const Cause* {
    if (!cause) return nullptr;
    const std::string text = std::string(note) + " depends on " + cause->source;
    return &causes_.emplace_back(Cause{loc, text, cause->source, nullptr});
  };
  const Cause* block = follow(condition.block);
  return {condition.warp && condition.warp == condition.block ? block : follow(condition.warp),
          block};
}

Value Walk::flow_after(const Value& before) const {
  return meet(meet(meet(before, exits_.returns), exits_.breaks), exits_.continues);
}

void Walk::block(const Block& block) {
  for (const Stmt* s : block.statements) {
    if (!state_.reachable || budget_ == 0) return;
    --budget_;
    stmt(*s);
  }
}

void Walk::stmt(const Stmt& stmt) {
  match(
      stmt.node, [&](const Let& s) { declare(s.local, s.init); },
      [&](const Var& s) { declare(s.local, s.init); }, [&](const Store& s) { store(s); },
      [&](const Eval& s) { eval(*s.value); }, [&](const If& s) { if_stmt(s, stmt.loc); },
      [&](const Switch& s) { switch_stmt(s, stmt.loc); }, [&](const Loop& s) { loop(s, stmt.loc); },
      [&](const Break&) {
        jump(exits_.breaks, exits_.at_breaks, stmt.loc, "some threads leave here");
      },
      [&](const Continue&) {
        jump(exits_.continues, exits_.at_continues, stmt.loc, "some threads skip the rest here");
      },
      [&](const Return& s) {
        if (s.value) exits_.result.meet(meet(eval(*s.value), state_.flow));
        jump(exits_.returns, exits_.at_returns, stmt.loc, "some threads return here");
      },
      [](const ForEach&) {});
}

/// The threads here go; if they are not all of the group, the rest goes on alone.
void Walk::jump(Value& way, State& at, Loc loc, std::string_view note) {
  const auto leave = [&](const Cause* cause) -> const Cause* {
    if (!cause) return nullptr;
    return &causes_.emplace_back(Cause{loc, std::string(note), cause->source, cause});
  };
  way.meet({leave(state_.flow.warp), leave(state_.flow.block)});
  at.merge(state_);
  state_.reachable = false;
}

void Walk::store(const Store& stmt) {
  Value value = eval(*stmt.value);
  value.meet(eval(*stmt.reference)); // which element: its index
  value.meet(state_.flow);
  write(target_of(*stmt.reference), *stmt.reference, value);
}

void Walk::if_stmt(const If& stmt, Loc loc) {
  const Value before = state_.flow;
  const Value inside = meet(before, branch(eval(*stmt.condition), loc, "this condition"));
  State other = state_;
  state_.flow = inside;
  block(stmt.then_block);
  std::swap(state_, other);
  state_.flow = inside;
  block(stmt.else_block);
  state_.merge(other);
  state_.flow = flow_after(before);
}

void Walk::switch_stmt(const Switch& stmt, Loc loc) {
  const Value before = state_.flow;
  const Value inside = meet(before, branch(eval(*stmt.selector), loc, "the case that runs"));
  const Value outer_breaks = exits_.breaks;
  const State outer_at_breaks = std::move(exits_.at_breaks);
  exits_.at_breaks = State::nowhere();
  const State entry = state_;
  State after = State::nowhere();
  bool has_default = false;
  for (const Switch::Case& c : stmt.cases) {
    has_default |= c.is_default;
    exits_.breaks = outer_breaks; // a break in one case does not part the threads of another
    state_ = entry;
    state_.flow = inside;
    block(c.body);
    after.merge(state_);
  }
  if (!has_default) after.merge(entry);
  after.merge(exits_.at_breaks);
  exits_.breaks = outer_breaks;
  exits_.at_breaks = outer_at_breaks;
  state_ = std::move(after);
  state_.flow = flow_after(before);
}

void Walk::loop(const Loop& stmt, Loc loc) {
  const Value before = state_.flow;
  const Value outer_breaks = exits_.breaks;
  const Value outer_continues = exits_.continues;
  const State outer_at_breaks = std::move(exits_.at_breaks);
  const State outer_at_continues = std::move(exits_.at_continues);
  State head = state_;
  Value left; // why threads of one group may be in different turns
  State after = State::nowhere();
  for (;;) {
    exits_.at_breaks = State::nowhere();
    const Value left_before = left;
    head.flow = before;
    State next = turn(stmt, loc, head, left, after);
    after.merge(exits_.at_breaks);
    State merged = head;
    merged.merge(next);
    if (budget_ == 0 || (merged.same_level(head) && left.same_level(left_before))) break;
    head = std::move(merged);
  }
  exits_.breaks = outer_breaks;
  exits_.continues = outer_continues;
  exits_.at_breaks = outer_at_breaks;
  exits_.at_continues = outer_at_continues;
  state_ = std::move(after);
  state_.flow = flow_after(before);
}

State Walk::turn(const Loop& stmt, Loc loc, State head, Value& left, State& after) {
  const auto leave_if = [&](const Expr* condition) {
    if (!condition || !state_.reachable) return;
    left.meet(branch(eval(*condition), loc, "the number of turns of this loop"));
    after.merge(state_);
    state_.flow.meet(left);
  };
  state_ = std::move(head);
  const Value entry = state_.flow;
  state_.flow.meet(left);
  exits_.breaks = {};
  exits_.continues = {};
  exits_.at_continues = State::nowhere();
  leave_if(stmt.condition);
  block(stmt.body);
  // Who continued meets the others here; who left or returned is missing from now on.
  left.meet(exits_.breaks);
  left.meet(exits_.returns);
  state_.merge(exits_.at_continues);
  exits_.breaks = {};
  exits_.continues = {};
  state_.flow = meet(entry, left);
  block(stmt.continuing);
  leave_if(stmt.break_if);
  return state_;
}

} // namespace ring::ir::analysis::uniformity
