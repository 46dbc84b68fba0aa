// The loops over threads that split_barriers makes.
#include "ir/transform/split_barriers_splitter.h"

namespace ring::ir::transform::split {

using intrinsics::Id;

/// A loop whose body is a run of statements. Its first statement names the thread's index in the
/// block, unless the loop's own variable is that already.
Stmt* Splitter::region(ForEach::Unit unit, Block body) {
  const Loc loc = body.empty() ? kernel_.loc : body.statements.front()->loc;
  builder_.set_loc(loc);
  const bool is_line = unit == ForEach::Unit::thread && dim_[1] == 1 && dim_[2] == 1;
  Block whole;
  builder_.set_block(&whole);
  Local* index = nullptr;
  if (!is_line) {
    Expr* value = linear_thread_index();
    if (unit == ForEach::Unit::lane) {
      TypePtr u32 = module_.types.u32();
      value = builder_.add(
          builder_.mul(builder_.intrinsic(u32, Id::warp_id, {}), builder_.u32(warp_size_)),
          builder_.intrinsic(u32, Id::lane_id, {}));
    }
    index = builder_.let("thread", value);
    uniform_.insert(index); // stays in its region
  }
  if (active_) {
    Expr* is_active = builder_.load(builder_.index(builder_.ref(active_), thread_index(index)));
    If* skip = builder_.if_(builder_.unary(UnaryOp::logical_not, is_active));
    builder_.set_block(&skip->then_block);
    builder_.continue_();
    builder_.set_block(&whole);
  }
  Local* returned = nullptr;
  Block lowered = lower_returns(body, false, returned, index);
  if (returned) {
    builder_.set_block(&whole);
    builder_.append(Var{returned, builder_.boolean(false)});
  }
  whole.statements.insert(whole.statements.end(), lowered.statements.begin(),
                          lowered.statements.end());
  Stmt* loop = module_.stmt(ForEach{unit, std::move(whole)}, loc);
  index_of_region_[loop] = index;
  return loop;
}

/// Turns `return` into the end of the thread's turn. Out of a loop it takes a flag.
Block Splitter::lower_returns(const Block& body, bool in_loop, Local*& returned, Local* index) {
  Block out;
  const auto leave_if_returned = [&] {
    builder_.set_block(&out);
    If* check = builder_.if_(builder_.load(builder_.ref(returned)));
    builder_.set_block(&check->then_block);
    if (in_loop) {
      builder_.break_();
    } else {
      builder_.continue_();
    }
  };
  for (Stmt* stmt : body.statements) {
    const bool returns = contains_return(*stmt);
    if (!returns) {
      out.statements.push_back(stmt);
      continue;
    }
    builder_.set_loc(stmt->loc);
    if (stmt->is<Return>()) {
      builder_.set_block(&out);
      if (active_) {
        builder_.store(builder_.index(builder_.ref(active_), thread_index(index)),
                       builder_.boolean(false));
      }
      if (!in_loop) {
        builder_.continue_();
        return out;
      }
      if (!returned) {
        returned = module_.local(Local::Kind::var, "returned", module_.types.boolean(), stmt->loc);
        uniform_.insert(returned); // stays in its region
      }
      builder_.store(builder_.ref(returned), builder_.boolean(true));
      builder_.break_();
      return out;
    }
    out.statements.push_back(stmt);
    if (auto* branch = stmt->as<If>()) {
      branch->then_block = lower_returns(branch->then_block, in_loop, returned, index);
      branch->else_block = lower_returns(branch->else_block, in_loop, returned, index);
    } else if (auto* choice = stmt->as<Switch>()) {
      for (Switch::Case& c : choice->cases) {
        c.body = lower_returns(c.body, in_loop, returned, index);
      }
      if (in_loop) leave_if_returned(); // its break left the switch only
    } else if (auto* loop = stmt->as<Loop>()) {
      loop->body = lower_returns(loop->body, true, returned, index);
      leave_if_returned();
    }
  }
  return out;
}

/// The index of the thread whose turn it is, x fastest.
Expr* Splitter::thread_index(Local* index) {
  return index ? builder_.ref(index) : linear_thread_index();
}

Expr* Splitter::linear_thread_index() {
  const auto id = [&](std::uint32_t axis) {
    return builder_.intrinsic(module_.types.u32(), Id::thread_id, {builder_.u32(axis)});
  };
  Expr* index = nullptr;
  for (std::uint32_t axis = 3; axis-- > 0;) {
    if (dim_[axis] == 1 && axis != 0) continue;
    index =
        index ? builder_.add(builder_.mul(index, builder_.u32(dim_[axis])), id(axis)) : id(axis);
  }
  return index;
}

/// How many lanes the current warp has: the last one may have fewer.
Expr* Splitter::lanes_in_warp() {
  if (threads_ % warp_size_ == 0) return builder_.u32(warp_size_);
  const auto first = [&] {
    return builder_.mul(builder_.intrinsic(module_.types.u32(), Id::warp_id, {}),
                        builder_.u32(warp_size_));
  };
  Expr* left = builder_.sub(builder_.u32(threads_), first());
  Expr* is_full = builder_.binary(BinaryOp::le, builder_.add(first(), builder_.u32(warp_size_)),
                                  builder_.u32(threads_));
  return builder_.select(is_full, builder_.u32(warp_size_), left);
}

/// Code that finds the first active lane of the current warp.
void Splitter::find_leader(Block& block) {
  builder_.set_block(&block);
  builder_.store(builder_.ref(leader_), builder_.u32(warp_size_));
  Stmt* loop = region(ForEach::Unit::lane, {}); // passes over lanes that have returned
  builder_.set_block(&loop->as<ForEach>()->body);
  Expr* is_first =
      builder_.binary(BinaryOp::eq, builder_.load(builder_.ref(leader_)), builder_.u32(warp_size_));
  If* found = builder_.if_(is_first);
  builder_.set_block(&found->then_block);
  builder_.store(builder_.ref(leader_), builder_.intrinsic(module_.types.u32(), Id::lane_id, {}));
  block.statements.push_back(loop);
}

} // namespace ring::ir::transform::split
