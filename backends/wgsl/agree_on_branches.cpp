#include "backends/wgsl/agree_on_branches.h"

#include "backends/wgsl/barrier_branches.h"
#include "backends/wgsl/join_turns.h"
#include "backends/wgsl/uniform_values.h"
#include "ir/builder.h"
#include "ir/transform/flatten.h"
#include "ir/unique_name.h"
#include "ir/walk.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ring::backends::wgsl {

using namespace ir;
using intrinsics::Id;

namespace {

class Agreement {
public:
  Agreement(Module& module, const BarrierBranches& branches, const UniformValues& uniform)
      : module_(module), branches_(branches), uniform_(uniform), builder_(module) {
    for (const Function& function : module.functions) {
      const GlobalKernel* kernel = function.global();
      for (std::size_t axis = 0; kernel && axis < largest_.size(); ++axis)
        largest_[axis] = std::max(largest_[axis], kernel->block[axis]);
    }
  }

  void run() {
    for (Function& function : module_.functions) {
      const GlobalKernel* kernel = function.global();
      extents_ = kernel ? kernel->block : largest_;
      rewrite(function.body);
    }
  }

private:
  void rewrite(Block& block) {
    const std::vector<Stmt*> statements = std::exchange(block.statements, {});
    for (Stmt* stmt : statements) {
      for_each_block(*stmt, [&](Block& inner) { rewrite(inner); });
      builder_.set_block(&block);
      builder_.set_loc(stmt->loc);
      if (branches_.decide(*stmt)) rewrite_branch(*stmt);
      if (Expr** reference = loaded_by_all(*stmt)) rewrite_load(*reference);
      block.statements.push_back(stmt);
    }
  }

  /// Writes in front of the branch what it needs.
  void rewrite_branch(Stmt& stmt) {
    if (auto* branch = stmt.as<If>()) {
      if (varies(branch->condition)) branch->condition = agreed(branch->condition);
    } else if (auto* choice = stmt.as<Switch>()) {
      if (varies(choice->selector)) choice->selector = agreed(choice->selector);
    } else if (auto* loop = stmt.as<Loop>()) {
      if (varies(loop->condition)) ask_in_body(*loop);
      builder_.set_block(&loop->continuing);
      if (varies(loop->break_if)) loop->break_if = agreed(loop->break_if);
    }
  }

  bool varies(const Expr* value) const { return value && !uniform_.includes(*value); }

  /// At the beginning of each turn, as before.
  void ask_in_body(Loop& loop) {
    Block turn;
    builder_.set_block(&turn);
    Expr* goes_on = agreed(std::exchange(loop.condition, nullptr));
    If* leaves = builder_.if_(transform::negate(module_, goes_on));
    builder_.set_block(&leaves->then_block);
    builder_.break_();
    turn.statements.insert(turn.statements.end(), loop.body.statements.begin(),
                           loop.body.statements.end());
    loop.body = std::move(turn);
  }

  /// What the first thread says the value is.
  Expr* agreed(Expr* value) {
    TypePtr u32 = builder_.types().u32();
    TypePtr type = value->type;
    let_first_thread_store(builder_.convert(u32, value));
    Expr* load = builder_.intrinsic(u32, Id::uniform_load, {builder_.ref(agreed_variable())});
    Expr* verdict = builder_.ref(builder_.let("verdict", load));
    if (type->is_bool()) return builder_.binary(BinaryOp::ne, verdict, builder_.u32(0));
    return builder_.convert(type, verdict);
  }

  /// The operand of a uniform load; null for any other statement.
  static Expr** loaded_by_all(Stmt& stmt) {
    auto* let = stmt.as<Let>();
    auto* eval = stmt.as<Eval>();
    Expr* root = let ? let->init : eval ? eval->value : nullptr;
    auto* intrinsic = root ? root->as<Intrinsic>() : nullptr;
    return intrinsic && intrinsic->id == Id::uniform_load ? &intrinsic->operands[0] : nullptr;
  }

  /// Its address has to be uniform as well.
  void rewrite_load(Expr*& reference) {
    if (!varies(reference)) return;
    builder_.eval(builder_.intrinsic(builder_.types().void_type(), Id::barrier, {}));
    let_first_thread_store(builder_.load(reference));
    reference = builder_.ref(agreed_variable());
  }

  void let_first_thread_store(Expr* word) {
    Block* outside = builder_.block();
    If* first = builder_.if_(is_first_thread());
    builder_.set_block(&first->then_block);
    builder_.store(builder_.ref(agreed_variable()), word);
    builder_.set_block(outside);
  }

  Expr* is_first_thread() {
    Expr* is_first = nullptr;
    for (std::uint32_t axis = 0; axis < 3; ++axis) {
      if (axis > 0 && extents_[axis] == 1) continue;
      Expr* id = builder_.intrinsic(builder_.types().u32(), Id::thread_id, {builder_.u32(axis)});
      Expr* is_zero = builder_.binary(BinaryOp::eq, id, builder_.u32(0));
      is_first = is_first ? builder_.logical(LogicalOp::logical_and, is_first, is_zero) : is_zero;
    }
    return is_first;
  }

  Global* agreed_variable() {
    if (!agreed_) {
      Global variable;
      variable.name = unique_name(module_.globals, "agreed");
      variable.type = builder_.types().u32();
      agreed_ = &module_.globals.emplace_back(std::move(variable));
    }
    return agreed_;
  }

  Module& module_;
  const BarrierBranches& branches_;
  const UniformValues& uniform_;
  Builder builder_;
  Global* agreed_ = nullptr;
  std::array<std::uint32_t, 3> largest_{1, 1, 1}; // extents of the module's blocks, axis by axis
  std::array<std::uint32_t, 3> extents_{1, 1, 1}; // of the blocks that run the function at hand
};

/// Where some threads go to the end of a body while others go on.
struct Parting {
  Block* body = nullptr;
  std::size_t position = 0; // of the statement in the body
  Body kind = Body::of_loop;
};

class Partings {
public:
  Partings(const BarrierBranches& branches, const UniformValues& uniform)
      : branches_(branches), uniform_(uniform) {}

  /// The first one that WGSL does not take; its body is null if there is none.
  Parting find(Block& block) const {
    Parting found;
    const auto look_in = [&](Block& body, Body kind) {
      const auto at =
          std::ranges::find_if(body.statements, [&](const Stmt* s) { return parts(*s, kind); });
      if (found.body || at == body.statements.end()) return;
      found = {&body, static_cast<std::size_t>(at - body.statements.begin()), kind};
    };
    for_each_stmt(block, [&](Stmt& stmt) {
      if (auto* loop = stmt.as<Loop>(); loop && branches_.meet_in(stmt)) {
        look_in(loop->body, Body::of_loop);
      } else if (auto* choice = stmt.as<Switch>(); choice && branches_.decide(stmt)) {
        // They meet behind it, unless some leave it by other jumps.
        for (Switch::Case& c : choice->cases) {
          if (jumps_of(stmt).any()) look_in(c.body, Body::of_case);
        }
      }
    });
    return found;
  }

private:
  bool parts(const Stmt& stmt, Body kind) const {
    const Jumps jumps = jumps_of(stmt);
    if (!(kind == Body::of_loop ? jumps.continues : jumps.breaks)) return false;
    const auto* branch = stmt.as<If>();
    const auto* choice = stmt.as<Switch>();
    const Expr* condition = branch ? branch->condition : choice ? choice->selector : nullptr;
    if (condition && !branches_.decide(stmt) && !uniform_.includes(*condition)) return true;
    bool found = false;
    for_each_block(const_cast<Stmt&>(stmt), [&](Block& inner) { // visited, not changed
      found =
          found || std::ranges::any_of(inner.statements, [&](Stmt* s) { return parts(*s, kind); });
    });
    return found;
  }

  const BarrierBranches& branches_;
  const UniformValues& uniform_;
};

} // namespace

Status agree_on_branches(Module& module) {
  for (;;) {
    const BarrierBranches branches(module);
    const UniformValues uniform(module, branches);
    Parting parting;
    for (Function& function : module.functions) {
      if (!parting.body) parting = Partings(branches, uniform).find(function.body);
    }
    if (!parting.body) {
      Agreement(module, branches, uniform).run();
      return Success{};
    }
    join_turns(module, *parting.body, parting.position, parting.kind);
  }
}

} // namespace ring::backends::wgsl
