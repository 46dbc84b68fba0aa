#include "ir/transform/split_barriers.h"

#include "ir/analysis/properties.h"
#include "ir/overloaded.h"
#include "ir/transform/split_barriers_splitter.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::ir::transform {
namespace split {

Splitter::Splitter(Module& module, Function& kernel, std::uint32_t warp_size)
    : module_(module), builder_(module), kernel_(kernel), dim_(kernel.global()->block),
      threads_(dim_[0] * dim_[1] * dim_[2]), warp_size_(warp_size) {}

void Splitter::run() {
  const bool has_sync =
      contains_sync(kernel_.body, Level::block) || contains_sync(kernel_.body, Level::warp);
  if (!has_sync) {
    kernel_.body = Block{{region(ForEach::Unit::thread, std::move(kernel_.body))}};
    rewrite(kernel_.body, {}); // takes away the index that nobody needs
    return;
  }
  jumps_to_flags(module_, kernel_.body, Level::block);
  jumps_to_flags(module_, kernel_.body, Level::warp);
  Block head;
  if (returns_early(kernel_.body, {}, false)) {
    builder_.set_block(&head);
    TypePtr flags = module_.types.array(module_.types.boolean(), threads_);
    Local* active = builder_.var("active", flags);
    uniform_.insert(active);
    Stmt* everyone = region(ForEach::Unit::thread, {});
    Block& body = everyone->as<ForEach>()->body;
    builder_.set_block(&body);
    builder_.store(builder_.index(builder_.ref(active), thread_index(index_of_region_[everyone])),
                   builder_.boolean(true));
    head.statements.push_back(everyone);
    active_ = active;
  }
  add_uniform_locals(kernel_, kernel_.body, Level::block, uniform_);
  kernel_.body = split(kernel_.body, Level::block, {});
  kernel_.body.statements.insert(kernel_.body.statements.begin(), head.statements.begin(),
                                 head.statements.end());
  find_crossing(kernel_.body, nullptr);
  place_crossing();
  rewrite(kernel_.body, {});
}

/// Whether some thread may return while code is left that other threads run in another loop.
bool Splitter::returns_early(const Block& block, Place place, bool more_follows) const {
  const List list(block, Level::block, place);
  for (std::size_t i = 0; i < block.statements.size(); ++i) {
    Stmt& stmt = *block.statements[i];
    if (!list.is_outside(i)) {
      if (!contains_return(stmt)) continue;
      bool other_loop_follows = more_follows || contains_sync(block, Level::warp);
      for (std::size_t j = i + 1; j < block.statements.size(); ++j) {
        other_loop_follows = other_loop_follows || list.is_outside(j);
      }
      if (other_loop_follows) return true;
      continue;
    }
    const bool more = more_follows || stmt.is<Loop>() || i + 1 < block.statements.size();
    bool found = false;
    for_each_block(stmt, [&](Block& inner) {
      found = found || returns_early(inner, list.place_inside(i), more);
    });
    if (found) return true;
  }
  return false;
}

bool Splitter::defines_uniform(const Stmt& stmt) const {
  if (const auto* let = stmt.as<Let>()) return uniform_.contains(let->local);
  if (const auto* var = stmt.as<Var>()) return uniform_.contains(var->local);
  const auto* store = stmt.as<Store>();
  const auto* target = store ? store->reference->as<LocalRef>() : nullptr;
  return target && uniform_.contains(target->local);
}

Block Splitter::split(const Block& block, Level level, Place place) {
  Output out{level, {}, {}};
  const List list(block, level, place);
  for (std::size_t i = 0; i < block.statements.size(); ++i) {
    Stmt& stmt = *block.statements[i];
    builder_.set_loc(stmt.loc);
    if (const Intrinsic* sync = sync_of(stmt, level)) {
      if (level == Level::warp) {
        warp_operation(out, stmt, *sync);
      } else {
        flush(out);
      }
    } else if (list.is_outside(i)) {
      flush(out);
      control(out, list, i, stmt);
    } else if (defines_uniform(stmt)) {
      const bool before_control = i + 1 < block.statements.size() && list.is_outside(i + 1);
      keep_uniform(out, stmt, before_control);
    } else {
      out.run.statements.push_back(&stmt);
    }
  }
  flush(out);
  return std::move(out.done);
}

/// A definition that all threads share. It may go before the pending run, which does not change
/// what it reads, unless it could trap where the run would have returned.
void Splitter::keep_uniform(Output& out, Stmt& stmt, bool stands_before_control) {
  bool may_move = !stmt.is<Store>() && !stands_before_control;
  for_each_root(
      stmt, [&](Expr*& root) { may_move = may_move && analysis::is_speculatable(*root, false); });
  if (!may_move) flush(out);
  out.done.statements.push_back(&stmt);
}

void Splitter::flush(Output& out) {
  if (out.run.empty()) return;
  Block run = std::move(out.run);
  out.run = {};
  const Loc loc = run.statements.front()->loc;
  if (out.level == Level::warp) {
    const bool returns = std::any_of(run.statements.begin(), run.statements.end(),
                                     [](const Stmt* stmt) { return contains_return(*stmt); });
    out.done.statements.push_back(region(ForEach::Unit::lane, std::move(run)));
    if (returns && active_) find_leader(out.done);
  } else if (contains_sync(run, Level::warp)) {
    out.done.statements.push_back(module_.stmt(ForEach{ForEach::Unit::warp, warp_body(run)}, loc));
  } else {
    out.done.statements.push_back(region(ForEach::Unit::thread, std::move(run)));
  }
}

Block Splitter::warp_body(const Block& run) {
  add_uniform_locals(kernel_, run, Level::warp, uniform_);
  Block body;
  if (active_) {
    builder_.set_block(&body);
    leader_ = builder_.var("leader", module_.types.u32());
    uniform_.insert(leader_);
    find_leader(body);
  }
  const Block rest = split(run, Level::warp, {});
  body.statements.insert(body.statements.end(), rest.statements.begin(), rest.statements.end());
  return body;
}

/// A statement around a sync, or a jump. In a warp whose lanes have all returned no condition can
/// be evaluated; it skips branches and leaves loops.
void Splitter::control(Output& out, const List& list, std::size_t position, const Stmt& stmt) {
  const Place inside = list.place_inside(position);
  const auto inner = [&](const Block& block) { return split(block, out.level, inside); };
  const bool may_be_empty = out.level == Level::warp && active_;
  const auto nobody = [&] {
    return builder_.binary(BinaryOp::eq, builder_.load(builder_.ref(leader_)),
                           builder_.u32(warp_size_));
  };
  const auto somebody = [&] { return builder_.unary(UnaryOp::logical_not, nobody()); };
  match(
      stmt.node,
      [&](const If& s) {
        Block then_block = inner(s.then_block);
        Block else_block = inner(s.else_block);
        builder_.set_loc(stmt.loc);
        builder_.set_block(&out.done);
        if (may_be_empty) builder_.set_block(&builder_.if_(somebody())->then_block);
        builder_.append(If{s.condition, std::move(then_block), std::move(else_block)});
      },
      [&](const Switch& s) {
        Switch copy{s.selector, {}};
        for (const Switch::Case& c : s.cases) {
          copy.cases.push_back({c.values, c.is_default, inner(c.body)});
        }
        builder_.set_loc(stmt.loc);
        builder_.set_block(&out.done);
        if (may_be_empty) builder_.set_block(&builder_.if_(somebody())->then_block);
        builder_.append(std::move(copy));
      },
      [&](const Loop& s) {
        Loop copy{s.condition, inner(s.body), inner(s.continuing), s.break_if};
        builder_.set_loc(stmt.loc);
        if (may_be_empty) {
          Block head;
          builder_.set_block(&head);
          If* leave = builder_.if_(nobody());
          builder_.set_block(&leave->then_block);
          builder_.break_();
          builder_.set_block(&head);
          if (copy.condition) {
            leave = builder_.if_(builder_.unary(UnaryOp::logical_not, copy.condition));
            builder_.set_block(&leave->then_block);
            builder_.break_();
            copy.condition = nullptr;
          }
          copy.body.statements.insert(copy.body.statements.begin(), head.statements.begin(),
                                      head.statements.end());
          if (copy.break_if) {
            copy.break_if = builder_.logical(LogicalOp::logical_or, nobody(), copy.break_if);
          }
        }
        builder_.set_block(&out.done);
        builder_.append(std::move(copy));
      },
      [&](const auto&) { out.done.statements.push_back(const_cast<Stmt*>(&stmt)); });
}

} // namespace split

Status split_barriers(Module& module, const SplitBarriersConfig& config) {
  for (Function& function : module.functions) {
    if (function.global()) split::Splitter(module, function, config.warp_size).run();
  }
  return Success{};
}

} // namespace ring::ir::transform
