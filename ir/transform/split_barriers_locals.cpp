// What happens to the locals of a kernel that split_barriers has cut into loops over threads.
#include "ir/analysis/properties.h"
#include "ir/clone.h"
#include "ir/transform/split_barriers_splitter.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::ir::transform::split {
namespace {

using intrinsics::Id;

const Local* declared_by(const Stmt& stmt) {
  if (const auto* let = stmt.as<Let>()) return let->local;
  if (const auto* var = stmt.as<Var>()) return var->local;
  return nullptr;
}

} // namespace

void Splitter::note(const Local* local, const Stmt* region) {
  if (local->kind == Local::Kind::param || uniform_.contains(local)) return;
  const auto [it, is_new] = homes_.try_emplace(local, Home{.region = region});
  Home& home = it->second;
  if (home.crosses || (!is_new && home.region == region) || (is_new && region)) return;
  home.crosses = true;
  crossing_.push_back(local);
}

/// Notes which locals are used in more than one loop, or outside of the loops.
void Splitter::find_crossing(const Block& block, const Stmt* region) {
  for (Stmt* stmt : block.statements) {
    const auto* loop = stmt->as<ForEach>();
    const Stmt* inner_region = loop && loop->unit != ForEach::Unit::warp ? stmt : region;
    if (const Local* local = declared_by(*stmt)) {
      note(local, region);
      const auto* let = stmt->as<Let>();
      homes_[local].declared_in = region;
      homes_[local].init = let ? let->init : nullptr;
    }
    for_each_root(*stmt, [&](Expr*& root) {
      for_each_expr(root, [&](Expr*& expr) {
        if (const auto* ref = expr->as<LocalRef>()) note(ref->local, region);
      });
    });
    for_each_block(*stmt, [&](Block& inner) { find_crossing(inner, inner_region); });
  }
}

/// Whether every loop may compute the expression for itself: made of ids, constants and addresses,
/// and safe to evaluate even for a thread that never came to it.
bool Splitter::is_recomputable(const Expr& expr) const {
  bool all = true;
  for_each_operand(const_cast<Expr&>(expr),
                   [&](Expr*& operand) { all = all && is_recomputable(*operand); });
  if (!all || expr.is<Load>() || expr.is<Call>()) return false;
  if (const auto* node = expr.as<Intrinsic>()) {
    return intrinsics::find(node->id).category == intrinsics::Category::id;
  }
  const auto* ref = expr.as<LocalRef>();
  if (!ref || ref->local->kind != Local::Kind::let) return true; // a var: its address
  return uniform_.contains(ref->local) || recomputed_.contains(ref->local);
}

/// Decides for each crossing local whether it becomes an array or is computed again where it is
/// used.
void Splitter::place_crossing() {
  Block head;
  // Only what was declared before can be used in an init, so the order of declaration will do.
  for (const Local* local : crossing_) {
    const Expr* init = homes_[local].init;
    if (init && is_recomputable(*init) && analysis::is_speculatable(*init, true)) {
      recomputed_.insert(local);
      continue;
    }
    TypePtr type = local->type;
    if (const auto* ref = type->as<RefType>()) {
      type = module_.types.ptr(ref->pointee, ref->space, ref->access);
    }
    builder_.set_block(&head);
    builder_.set_loc(local->loc);
    arrays_[local] = builder_.var(local->name, module_.types.array(type, threads_));
  }
  auto& statements = kernel_.body.statements;
  statements.insert(statements.begin(), head.statements.begin(), head.statements.end());
}

/// Puts copies of the lets that the loop uses, but does not declare, at its head.
void Splitter::recompute_in(Stmt& region) {
  Block& body = region.as<ForEach>()->body;
  Block head;
  for (auto it = crossing_.rbegin(); it != crossing_.rend(); ++it) {
    const Local* local = *it;
    const Home& home = homes_[local];
    if (!recomputed_.contains(local) || home.declared_in == &region) continue;
    if (!analysis::mentions(body, local) && !analysis::mentions(head, local)) continue;
    builder_.set_loc(local->loc);
    Local* copy = module_.local(Local::Kind::let, local->name, local->type, local->loc);
    copies_[local] = copy;
    head.statements.insert(head.statements.begin(),
                           module_.stmt(Let{copy, clone(module_, home.init)}, local->loc));
  }
  const bool has_index = !body.empty() && declared_by(*body.statements.front()) &&
                         declared_by(*body.statements.front()) == index_of_region_[&region];
  body.statements.insert(body.statements.begin() + (has_index ? 1 : 0), head.statements.begin(),
                         head.statements.end());
}

void Splitter::rewrite(Block& block, const Where& where) {
  Block out;
  for (Stmt* stmt : block.statements) {
    builder_.set_loc(stmt->loc);
    builder_.set_block(&out);
    if (auto* loop = stmt->as<ForEach>()) {
      if (loop->unit == ForEach::Unit::warp) {
        rewrite(loop->body, {.level = Level::warp});
      } else {
        rewrite_region(*stmt);
      }
      out.statements.push_back(stmt);
      continue;
    }
    for_each_root(*stmt, [&](Expr*& root) { rewrite(root, where); });
    for_each_block(*stmt, [&](Block& inner) { rewrite(inner, where); });
    builder_.set_block(&out);
    if (!rewrite_declaration(*stmt, where)) out.statements.push_back(stmt);
  }
  block = std::move(out);
}

void Splitter::rewrite_region(Stmt& stmt) {
  Block& body = stmt.as<ForEach>()->body;
  Local* index = index_of_region_[&stmt];
  copies_.clear();
  recompute_in(stmt);
  rewrite(body, {.in_region = true, .index = index, .region = &stmt});
  if (index && !analysis::mentions(body, index)) {
    std::erase_if(body.statements, [&](const Stmt* s) { return declared_by(*s) == index; });
  }
}

/// True if the declaration of a crossing local has been replaced by a store to the thread's
/// element.
bool Splitter::rewrite_declaration(Stmt& stmt, const Where& where) {
  const Local* local = declared_by(stmt);
  if (!local || !arrays_.contains(local)) return false;
  const auto* let = stmt.as<Let>();
  Expr* init = let ? let->init : stmt.as<Var>()->init;
  if (!init) return true;
  const bool may_have_effect = init->is<Intrinsic>() || init->is<Call>();
  if (may_have_effect) init = builder_.ref(builder_.let(local->name, init)); // stays a root
  if (local->type->is<RefType>()) init = builder_.address_of(init);
  builder_.store(element(local, where), init);
  return true;
}

void Splitter::rewrite(Expr*& root, const Where& where) {
  for_each_expr(root, [&](Expr*& expr) {
    builder_.set_loc(expr->loc);
    if (const auto* ref = expr->as<LocalRef>()) {
      const Local* local = ref->local;
      if (recomputed_.contains(local)) {
        if (!where.in_region) {
          expr = clone(module_, homes_[local].init);
          rewrite(expr, where);
        } else if (homes_[local].declared_in != where.region) {
          expr = builder_.ref(copies_.at(local));
        }
        return;
      }
      if (!arrays_.contains(local)) return;
      Expr* object = element(local, where);
      if (local->kind == Local::Kind::var) {
        expr = object;
      } else {
        Expr* value = builder_.load(object);
        expr = local->type->is<RefType>() ? builder_.deref(value) : value;
      }
    } else if (expr->is<Intrinsic>() && !where.in_region) {
      rewrite_id(expr, where.level);
    }
  });
}

/// Outside of the loops it is the leader's id that counts.
void Splitter::rewrite_id(Expr*& expr, Level level) {
  const auto& node = *expr->as<Intrinsic>();
  const auto axis = [&] {
    return static_cast<std::uint32_t>(
        std::get<std::uint64_t>(node.operands[0]->as<Literal>()->value));
  };
  switch (node.id) {
  case Id::thread_id:
    expr = leader_thread_id(level, axis());
    return;
  case Id::global_id: {
    Expr* block = builder_.intrinsic(module_.types.u32(), Id::block_id, {builder_.u32(axis())});
    expr = builder_.add(builder_.mul(block, builder_.u32(dim_[axis()])),
                        leader_thread_id(level, axis()));
    return;
  }
  case Id::lane_id:
    expr = level == Level::warp ? leader_lane() : builder_.u32(0);
    return;
  case Id::warp_id:
    if (level == Level::block) expr = builder_.u32(0);
    return;
  default:
    return;
  }
}

Expr* Splitter::element(const Local* local, const Where& where) {
  return builder_.index(builder_.ref(arrays_.at(local)), index_of(where));
}

Expr* Splitter::index_of(const Where& where) {
  return where.in_region ? thread_index(where.index) : leader_thread(where.level);
}

/// The thread that speaks for the others where they all agree.
Expr* Splitter::leader_thread(Level level) {
  if (level == Level::block) return builder_.u32(0);
  Expr* warp = builder_.intrinsic(module_.types.u32(), Id::warp_id, {});
  Expr* first = builder_.mul(warp, builder_.u32(warp_size_));
  return active_ ? builder_.add(first, leader_lane()) : first;
}

Expr* Splitter::leader_thread_id(Level level, std::uint32_t axis) {
  if (level == Level::block || dim_[axis] == 1) return builder_.u32(0);
  Expr* index = leader_thread(level);
  std::uint32_t below = 1;
  for (std::uint32_t i = 0; i < axis; ++i)
    below *= dim_[i];
  if (below != 1) index = builder_.binary(BinaryOp::div, index, builder_.u32(below));
  if (below * dim_[axis] == threads_) return index;
  return builder_.binary(BinaryOp::rem, index, builder_.u32(dim_[axis]));
}

} // namespace ring::ir::transform::split
