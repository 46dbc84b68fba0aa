// For split_barriers: which statements must stay outside of the loops over threads, and which
// values are the same for all threads.
#pragma once

#include "ir/module.h"

#include <unordered_set>

namespace ring::ir::transform::split {

/// What is split at: barriers of the block, or operations of a warp.
enum class Level : std::uint8_t { block, warp };

/// A barrier for the level `block`; a warp operation or warp barrier for the level `warp`. Null:
/// the statement itself is none.
const Intrinsic* sync_of(const Stmt& stmt, Level level);
bool contains_sync(const Stmt& stmt, Level level);
bool contains_sync(const Block& block, Level level);
bool contains_return(const Stmt& stmt);

/// A `break` or `continue` that leaves the statement or block.
struct Escapes {
  bool by_break = false;
  bool by_continue = false;
};
Escapes escapes(const Stmt& stmt);
Escapes escapes(const Block& block);

/// Where a list of statements stands.
struct Place {
  bool sync_follows = false; // a sync may be executed after the list
  bool ends_turn = false;    // after the list the body of the loop around it is over
};

/// How the statements of one list are to be treated.
class List {
public:
  List(const Block& block, Level level, Place place)
      : block_(block), level_(level), place_(place) {}

  /// True if the statement stays outside of the loops over threads, because it contains a sync, or
  /// a jump to somewhere outside.
  bool is_outside(std::size_t position) const;
  /// The place of the blocks inside the statement, which is outside.
  Place place_inside(std::size_t position) const;

private:
  bool sync_after(std::size_t position) const;
  bool outside_after(std::size_t position) const;

  const Block& block_;
  Level level_;
  Place place_;
};

/// Takes away the jumps that threads take one by one although their statement will be outside: a
/// `continue`, or a `break` out of a switch, behind the last sync that it could miss.
void jumps_to_flags(Module& module, Block& root, Level level);

/// Adds to `uniform` the locals that are declared and stored to outside of the loops only, and only
/// with values that all threads agree on. `root` is the kernel's body, or for the level `warp` a
/// run of statements inside it; locals with uses outside of `root` are left out.
void add_uniform_locals(const Function& kernel, const Block& root, Level level,
                        std::unordered_set<const Local*>& uniform);

/// True if all threads get the same value, given the locals that are uniform.
bool is_uniform(const Expr& expr, Level level, const std::unordered_set<const Local*>& uniform);

} // namespace ring::ir::transform::split
