#include "ir/analysis/parallel_state.h"

#include "ir/analysis/properties.h"
#include "ir/message_words.h"
#include "ir/walk.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace ring::ir::analysis {
namespace {

using Locals = std::set<const Local*>;

/// The local that a reference, a pointer or a view leads away from; null for none.
const Local* root_of(const Expr& expr) {
  if (const auto* e = expr.as<LocalRef>()) return e->local;
  if (const auto* e = expr.as<Load>()) return root_of(*e->reference);
  if (const auto* e = expr.as<Index>()) return root_of(*e->base);
  if (const auto* e = expr.as<Member>()) return root_of(*e->base);
  if (const auto* e = expr.as<AddressOf>()) return root_of(*e->reference);
  if (const auto* e = expr.as<Deref>()) return root_of(*e->pointer);
  if (const auto* e = expr.as<PtrOffset>()) return root_of(*e->pointer);
  if (const auto* e = expr.as<SpanElement>()) return root_of(*e->span);
  if (const auto* e = expr.as<SpanData>()) return root_of(*e->span);
  if (const auto* e = expr.as<MakeSpan>()) return root_of(*e->pointer);
  if (const auto* e = expr.as<Bitcast>()) return root_of(*e->operand);
  if (const auto* e = expr.as<Convert>()) return root_of(*e->operand);
  return nullptr;
}

/// A local variable as a whole, which belongs to one lane.
bool is_own_variable(const Expr& reference) {
  const auto* local = reference.as<LocalRef>();
  return local && local->local->kind == Local::Kind::var;
}

class StateWrites {
public:
  StateWrites(Function& actor, Diagnostics& diagnostics)
      : actor_(actor), diagnostics_(diagnostics) {}

  void run() {
    const Local* state = actor_.params.at(1);
    for_each_stmt(actor_.body, [&](Stmt& stmt) {
      auto* events = stmt.as<Switch>();
      if (!events) return;
      for (Switch::Case& one : events->cases) {
        const bool is_message = std::ranges::any_of(
            one.values, [](const Literal& value) { return bits_of(value) >= kFirstMessageId; });
        if (is_message) block(one.body, {state});
      }
    });
  }

private:
  /// `shared`: the locals that lead to the state.
  void block(Block& body, Locals shared) {
    const auto leads_to_state = [&](const Expr& expr) {
      return holds_pointers(expr.type) && shared.contains(root_of(expr));
    };
    // Twice: a pointer may be set at the end of a loop.
    for (int pass = 0; pass < 2; ++pass) {
      for_each_stmt(body, [&](Stmt& stmt) {
        if (const auto* s = stmt.as<Let>(); s && leads_to_state(*s->init)) shared.insert(s->local);
        if (const auto* s = stmt.as<Var>(); s && s->init && leads_to_state(*s->init))
          shared.insert(s->local);
        if (const auto* s = stmt.as<Store>(); s && leads_to_state(*s->value))
          shared.insert(root_of(*s->reference));
      });
    }
    for_each_stmt(body, [&](Stmt& stmt) {
      if (const auto* s = stmt.as<Store>();
          s && !is_own_variable(*s->reference) && shared.contains(root_of(*s->reference)))
        report(stmt);
      for_each_root(stmt, [&](Expr*& root) {
        for_each_expr(root, [&](Expr*& expr) {
          if (const auto* call = expr->as<Call>()) enter(*call, expr->loc, leads_to_state);
        });
      });
    });
  }

  template <class LeadsToState>
  void enter(const Call& call, Loc loc, const LeadsToState& leads_to_state) {
    Locals shared;
    for (std::size_t i = 0; i < call.arguments.size(); ++i)
      if (leads_to_state(*call.arguments[i])) shared.insert(call.callee->params[i]);
    if (shared.empty() || !entered_.insert({call.callee, shared}).second) return;
    calls_.push_back(loc);
    block(call.callee->body, std::move(shared));
    calls_.pop_back();
  }

  void report(const Stmt& stmt) {
    if (!reported_.insert(&stmt).second) return;
    std::vector<Diagnostic::Note> notes;
    for (auto at = calls_.rbegin(); at != calls_.rend(); ++at)
      notes.push_back({*at, "called from here"});
    diagnostics_.push_back(error(DiagnosticId::state_not_atomic, stmt.loc,
                                 "the state of the parallel actor '" + actor_.cpp_name +
                                     "' is changed without an atomic operation, while other lanes "
                                     "handle messages too; use ring::atomic_add or its like",
                                 std::move(notes)));
  }

  Function& actor_;
  Diagnostics& diagnostics_;
  std::set<std::pair<const Function*, Locals>> entered_;
  std::set<const Stmt*> reported_;
  std::vector<Loc> calls_; // from the handler to here
};

} // namespace

Diagnostics check_parallel_state(Module& module) {
  Diagnostics diagnostics;
  for (Function& function : module.functions) {
    const RingKernel* ring = function.ring();
    if (ring && ring->state && ring->scope == RingScope::parallel)
      StateWrites(function, diagnostics).run();
  }
  return diagnostics;
}

} // namespace ring::ir::analysis
