// For split_barriers: the pass over one kernel.
#pragma once

#include "ir/builder.h"
#include "ir/transform/split_barriers_structure.h"

#include <array>
#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace ring::ir::transform::split {

class Splitter {
public:
  Splitter(Module& module, Function& kernel, std::uint32_t warp_size);
  void run();

private:
  /// One list of statements on its way into loops: what is finished, and the run that is pending.
  struct Output {
    Level level;
    Block done;
    Block run;
  };

  // Structure (split_barriers.cpp).
  Block split(const Block& block, Level level, Place place);
  void flush(Output& out);
  void control(Output& out, const List& list, std::size_t position, const Stmt& stmt);
  void keep_uniform(Output& out, Stmt& stmt, bool stands_before_control);
  bool defines_uniform(const Stmt& stmt) const;
  bool returns_early(const Block& block, Place place, bool more_follows) const;
  Block warp_body(const Block& run);

  // Loops over threads (split_barriers_regions.cpp).
  Stmt* region(ForEach::Unit unit, Block body);
  Block lower_returns(const Block& body, bool in_loop, Local*& returned, Local* index);
  Expr* thread_index(Local* index);
  Expr* linear_thread_index();
  Expr* lanes_in_warp();
  void find_leader(Block& block);

  // Warp operations (split_barriers_warp.cpp).
  void warp_operation(Output& out, Stmt& stmt, const Intrinsic& operation);
  void shuffle(Output& out, const Intrinsic& operation, Local* result);
  void vote(Output& out, const Intrinsic& operation, Local* result);
  void reduce(Output& out, const Intrinsic& operation, Local* result);
  void give_uniform(Output& out, Local* result, Expr* value);
  Local* lane_values(Output& out, Expr* value);
  Expr* combine(intrinsics::Id id, Local* total, const std::function<Expr*()>& value);
  Expr* leader_lane();

  // Locals (split_barriers_locals.cpp).
  struct Where {
    bool in_region = false;
    Level level = Level::block; // outside of a region
    Local* index = nullptr;     // the region's thread index, if it has a local for it
    const Stmt* region = nullptr;
  };
  void find_crossing(const Block& block, const Stmt* region);
  void note(const Local* local, const Stmt* region);
  void rewrite(Block& block, const Where& where);
  bool rewrite_declaration(Stmt& stmt, const Where& where);
  void rewrite_region(Stmt& stmt);
  void rewrite(Expr*& expr, const Where& where);
  void rewrite_id(Expr*& expr, Level level);
  Expr* element(const Local* local, const Where& where);
  Expr* leader_thread(Level level);
  Expr* leader_thread_id(Level level, std::uint32_t axis);
  Expr* index_of(const Where& where);
  void place_crossing();
  bool is_recomputable(const Expr& expr) const;
  void recompute_in(Stmt& region);

  Module& module_;
  Builder builder_;
  Function& kernel_;
  std::array<std::uint32_t, 3> dim_;
  std::uint32_t threads_;
  std::uint32_t warp_size_;

  std::unordered_set<const Local*> uniform_; // one for the block or for the warp
  Local* active_ =
      nullptr; // array<bool, threads>: who has not returned; null: nobody returns early
  Local* leader_ = nullptr; // with active_: the first lane of the warp that is active, or warp_size

  std::unordered_map<const Stmt*, Local*> index_of_region_;
  struct Home {
    const Stmt* region = nullptr; // where it was seen first; null: outside of the loops
    bool crosses = false;
    const Stmt* declared_in = nullptr;
    const Expr* init = nullptr; // of a let
  };
  std::unordered_map<const Local*, Home> homes_;
  std::vector<const Local*> crossing_; // in the order of their first mention
  std::unordered_map<const Local*, Local*> arrays_;
  /// Lets that each loop computes again, which is cheaper than an array, and their copies there.
  std::unordered_set<const Local*> recomputed_;
  std::unordered_map<const Local*, Local*> copies_;
};

} // namespace ring::ir::transform::split
