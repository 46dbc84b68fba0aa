// Jumps that some threads take inside a statement that all go through together. Outside of the
// loops over threads thread 0 would decide for all of them, so they become flags.
#include "ir/analysis/properties.h"
#include "ir/builder.h"
#include "ir/transform/split_barriers_structure.h"
#include "ir/walk.h"

#include <algorithm>
#include <utility>

namespace ring::ir::transform::split {
namespace {

/// Jumps of one loop or switch to the end of its body.
template <class Jump> class Skips {
public:
  explicit Skips(Module& module) : builder_(module) {}

  /// Those in the statements of the body from `position` on, which no sync follows.
  void rewrite(Block& body, std::size_t position) {
    const auto first = body.statements.begin() + static_cast<std::ptrdiff_t>(position);
    Block rest{{first, body.statements.end()}};
    body.statements.erase(first, body.statements.end());
    builder_.set_loc(rest.statements.front()->loc);
    builder_.set_block(&body);
    flag_ = builder_.var("skips", builder_.types().boolean(), builder_.boolean(false));
    guard(rest);
    body.statements.insert(body.statements.end(), rest.statements.begin(), rest.statements.end());
  }

private:
  /// What follows a jump in its list is left out; what follows a statement with one is guarded.
  void guard(Block& list) {
    const std::vector<Stmt*> statements = std::exchange(list.statements, {});
    for (std::size_t i = 0; i < statements.size(); ++i) {
      Stmt* stmt = statements[i];
      builder_.set_loc(stmt->loc);
      builder_.set_block(&list);
      if (stmt->is<Jump>()) return builder_.store(builder_.ref(flag_), builder_.boolean(true));
      list.statements.push_back(stmt);
      if (!jumps(*stmt)) continue;
      for_each_block(*stmt, [&](Block& inner) { guard(inner); });
      if (i + 1 == statements.size()) return;
      builder_.set_loc(statements[i + 1]->loc);
      builder_.set_block(&list);
      Block& rest =
          builder_.if_(builder_.unary(UnaryOp::logical_not, builder_.load(builder_.ref(flag_))))
              ->then_block;
      rest.statements.assign(statements.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                             statements.end());
      return guard(rest);
    }
  }

  static bool jumps(const Stmt& stmt) {
    const Escapes all = escapes(stmt);
    return std::is_same_v<Jump, Continue> ? all.by_continue : all.by_break;
  }

  Builder builder_;
  Local* flag_ = nullptr;
};

bool is_branch(const Stmt& stmt) { return stmt.is<If>() || stmt.is<Switch>(); }

/// Whether the list, which is outside, has a branch that is there for a `continue` alone.
bool decides_turn(const Block& block, Level level, Place place) {
  const List list(block, level, place);
  for (std::size_t i = 0; i < block.statements.size(); ++i) {
    const Stmt& stmt = *block.statements[i];
    const Escapes jumps = escapes(stmt);
    if (!is_branch(stmt) || !jumps.by_continue || !list.is_outside(i)) continue;
    if (!contains_sync(stmt, level) && !jumps.by_break) return true;
    bool found = false;
    for_each_block(const_cast<Stmt&>(stmt), [&](Block& inner) { // visited, not changed
      found = found || decides_turn(inner, level, list.place_inside(i));
    });
    if (found) return true;
  }
  return false;
}

/// The first statement behind the last sync of the list.
std::size_t behind_syncs(const Block& list, Level level) {
  const auto& statements = list.statements;
  const auto last = std::find_if(statements.rbegin(), statements.rend(),
                                 [&](const Stmt* stmt) { return contains_sync(*stmt, level); });
  return static_cast<std::size_t>(statements.rend() - last);
}

} // namespace

void jumps_to_flags(Module& module, Block& root, Level level) {
  for_each_stmt(root, [&](Stmt& stmt) {
    const bool may_be_outside = contains_sync(stmt, level) || contains_return(stmt) ||
                                (stmt.is<Switch>() && escapes(stmt).by_continue);
    if (!may_be_outside) return;
    if (auto* loop = stmt.as<Loop>()) {
      Block& body = loop->body;
      // The last statement with a sync may have a jump behind it.
      const std::size_t first = behind_syncs(body, level);
      for (std::size_t i = first - std::min<std::size_t>(first, 1); i < body.statements.size();
           ++i) {
        if (!escapes(*body.statements[i]).by_continue) continue;
        const Block one{
            {body.statements.begin() + static_cast<std::ptrdiff_t>(i), body.statements.end()}};
        if (!decides_turn(one, level, {true, true})) continue;
        Skips<Continue>(module).rewrite(body, i);
        break;
      }
    } else if (auto* choice = stmt.as<Switch>()) {
      for (Switch::Case& c : choice->cases) {
        const std::size_t first = behind_syncs(c.body, level);
        for (std::size_t i = first - std::min<std::size_t>(first, 1); i < c.body.statements.size();
             ++i) {
          const Stmt& branch = *c.body.statements[i];
          if (!is_branch(branch) || !escapes(branch).by_break) continue;
          Skips<Break>(module).rewrite(c.body, i);
          break;
        }
      }
    }
  });
}

} // namespace ring::ir::transform::split
