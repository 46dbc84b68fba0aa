#include "ir/transform/single_lane.h"

#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/transform/fold_constants.h"
#include "ir/unique_name.h"
#include "ir/walk.h"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

namespace ring::ir::transform {
namespace {

using intrinsics::Id;
using FunctionSet = std::set<const Function*>;

/// What an intrinsic says or does in a group of one lane.
enum class Meaning { other, zero, one, load, nothing };

Meaning meaning_of(const Expr& expr) {
  const auto* intrinsic = expr.as<Intrinsic>();
  if (!intrinsic) return Meaning::other;
  switch (intrinsic->id) {
  case Id::thread_id:
    return Meaning::zero;
  case Id::block_dim:
    return Meaning::one;
  case Id::barrier:
    return Meaning::nothing;
  case Id::uniform_load:
    return Meaning::load;
  default:
    return Meaning::other;
  }
}

/// Callees first.
void collect(Function& function, FunctionSet& seen, std::vector<Function*>& order) {
  if (!seen.insert(&function).second) return;
  for_each_expr(function.body, [&](Expr*& expr) {
    if (auto* call = expr->as<Call>()) collect(*call->callee, seen, order);
  });
  order.push_back(&function);
}

class SingleLane {
public:
  SingleLane(Module& module, const std::vector<Function*>& roots)
      : module_(module), builder_(module), roots_(roots) {}

  void run() {
    FunctionSet seen;
    std::vector<Function*> order;
    for (Function* root : roots_)
      collect(*root, seen, order);
    find_shared(seen);
    for (Function* function : order)
      rewrite(*function);
  }

private:
  /// The functions that are called from elsewhere as well.
  void find_shared(const FunctionSet& reached) {
    std::vector<Function*> order;
    for (Function& function : module_.functions)
      if (!reached.contains(&function)) collect(function, shared_, order);
  }

  bool depends_on_lanes(Function& function) const {
    bool depends = false;
    for_each_expr(function.body, [&](Expr*& expr) {
      const auto* call = expr->as<Call>();
      depends |= meaning_of(*expr) != Meaning::other || (call && stand_ins_.contains(call->callee));
    });
    return depends;
  }

  void rewrite(Function& source) {
    if (!depends_on_lanes(source)) return;
    Function& function = shared_.contains(&source) ? copy(source) : source;
    block(function.body);
    stand_ins_[&source] = stand_in(function);
  }

  Function& copy(const Function& source) {
    Function made;
    made.name = unique_name(module_.functions, source.name);
    made.cpp_name = source.cpp_name;
    made.loc = source.loc;
    made.has_side_effects = source.has_side_effects;
    made.is_collective = source.is_collective;
    made.result = source.result;
    Cloner cloner(module_);
    for (const Local* param : source.params)
      made.params.push_back(cloner.declare(param));
    made.body = cloner.block(source.body);
    return module_.functions.emplace_back(std::move(made));
  }

  /// What a call of the function becomes.
  struct StandIn {
    Function* callee = nullptr;
    const Literal* value = nullptr; // the function does nothing but return it
    bool is_empty = false;          // or nothing at all
  };

  StandIn stand_in(Function& function) const {
    StandIn result{&function, nullptr, function.body.empty()};
    const std::vector<Stmt*>& body = function.body.statements;
    if (body.size() == 1) {
      if (const auto* s = body[0]->as<Return>(); s && s->value) {
        result.value = s->value->as<Literal>();
        return passed_on(function, s->value, result);
      }
      if (const auto* s = body[0]->as<Eval>()) return passed_on(function, s->value, result);
    }
    if (body.size() == 2) {
      const auto* let = body[0]->as<Let>();
      const auto* end = body[1]->as<Return>();
      const auto* value = end && end->value ? end->value->as<LocalRef>() : nullptr;
      if (let && value && value->local == let->local) return passed_on(function, let->init, result);
    }
    return result;
  }

  /// If the call takes just the function's parameters, its callee will do.
  static StandIn passed_on(const Function& function, const Expr* value, StandIn result) {
    const auto* call = value->as<Call>();
    if (!call) return result;
    const bool same =
        std::equal(call->arguments.begin(), call->arguments.end(), function.params.begin(),
                   function.params.end(), [](const Expr* argument, const Local* param) {
                     const auto* ref = argument->as<LocalRef>();
                     return ref && ref->local == param;
                   });
    if (same && call->callee->result == function.result) result.callee = call->callee;
    return result;
  }

  void expr(Expr*& node) {
    const Meaning meaning = meaning_of(*node);
    builder_.set_loc(node->loc);
    if (meaning == Meaning::zero || meaning == Meaning::one) {
      node = builder_.integer(node->type, meaning == Meaning::one ? 1 : 0);
    } else if (meaning == Meaning::load) {
      node = builder_.load(node->as<Intrinsic>()->operands[0]);
    } else if (auto* call = node->as<Call>()) {
      const auto found = stand_ins_.find(call->callee);
      if (found == stand_ins_.end()) return;
      if (found->second.value) {
        node->node = Literal{*found->second.value};
      } else {
        call->callee = found->second.callee;
      }
    } else if (const auto* logical = node->as<Logical>()) {
      const auto* known = logical->lhs->as<Literal>();
      if (!known) return;
      const bool decides = std::get<bool>(known->value) == (logical->op == LogicalOp::logical_or);
      node = decides ? logical->lhs : logical->rhs;
    } else {
      fold_constant(*node);
    }
  }

  bool is_nothing(const Stmt& stmt) const {
    const auto* eval = stmt.as<Eval>();
    if (!eval) return false;
    if (meaning_of(*eval->value) == Meaning::nothing) return true;
    const auto* call = eval->value->as<Call>();
    const auto found = call ? stand_ins_.find(call->callee) : stand_ins_.end();
    return found != stand_ins_.end() && found->second.is_empty;
  }

  void block(Block& block) {
    std::vector<Stmt*> kept;
    for (Stmt* stmt : block.statements) {
      if (is_nothing(*stmt)) continue;
      for_each_root(*stmt,
                    [&](Expr*& root) { for_each_expr(root, [&](Expr*& node) { expr(node); }); });
      for_each_block(*stmt, [&](Block& inner) { this->block(inner); });
      auto* branch = stmt->as<If>();
      const auto* known = branch ? branch->condition->as<Literal>() : nullptr;
      if (!known) {
        kept.push_back(stmt);
        continue;
      }
      Block& taken = std::get<bool>(known->value) ? branch->then_block : branch->else_block;
      kept.insert(kept.end(), taken.statements.begin(), taken.statements.end());
    }
    block.statements = std::move(kept);
  }

  Module& module_;
  Builder builder_;
  const std::vector<Function*>& roots_;
  FunctionSet shared_;
  std::unordered_map<const Function*, StandIn> stand_ins_;
};

} // namespace

void run_on_single_lane(Module& module, const std::vector<Function*>& roots) {
  SingleLane(module, roots).run();
}

} // namespace ring::ir::transform
