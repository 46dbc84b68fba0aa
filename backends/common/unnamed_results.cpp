#include "backends/common/unnamed_results.h"

#include "ir/walk.h"

namespace ring::backends {
namespace {

using namespace ir;

enum class Place { absent, fits, moves_something };

Place both(Place a, Place b) {
  if (a == Place::moves_something || b == Place::moves_something) return Place::moves_something;
  return a == Place::fits || b == Place::fits ? Place::fits : Place::absent;
}

/// Where the result is in an expression, and whether the call may stand there: nothing else in it
/// may read what the call writes, and it may not become conditional.
Place place_in(const Expr& expr, const Local* result) {
  if (const auto* ref = expr.as<LocalRef>()) {
    return ref->local == result ? Place::fits : Place::absent;
  }
  if (const auto* logical = expr.as<Logical>()) {
    // The right-hand side comes after the left-hand one here and there.
    if (place_in(*logical->lhs, result) == Place::fits) return Place::fits;
    const Place place = both(place_in(*logical->lhs, result), place_in(*logical->rhs, result));
    return place == Place::fits ? Place::moves_something : place;
  }
  Place place = Place::absent;
  for_each_operand(const_cast<Expr&>(expr),
                   [&](Expr*& operand) { place = both(place, place_in(*operand, result)); });
  if (const auto* select = expr.as<Select>()) {
    const bool is_condition = place_in(*select->condition, result) == Place::fits;
    return place == Place::fits && !is_condition ? Place::moves_something : place;
  }
  if (const auto* intrinsic = expr.as<Intrinsic>()) {
    // What has effects may be printed with fences before it.
    const bool is_pure = intrinsics::find(intrinsic->id).effect == intrinsics::Effect::pure;
    return is_pure ? place : Place::moves_something;
  }
  const bool reads = expr.is<Load>() || expr.is<Call>();
  return reads && place == Place::absent ? Place::moves_something : place;
}

bool takes(const Stmt& stmt, const Local* result) {
  const auto fits = [&](const Expr* expr) {
    return expr && place_in(*expr, result) == Place::fits;
  };
  if (const auto* let = stmt.as<Let>()) return fits(let->init);
  if (const auto* var = stmt.as<Var>()) return fits(var->init);
  if (const auto* eval = stmt.as<Eval>()) return fits(eval->value);
  if (const auto* branch = stmt.as<If>()) return fits(branch->condition);
  if (const auto* choice = stmt.as<Switch>()) return fits(choice->selector);
  if (const auto* end = stmt.as<Return>()) return fits(end->value);
  const auto* store = stmt.as<Store>();
  return store && fits(store->value) && place_in(*store->reference, result) == Place::absent;
}

bool is_unnamed(const Let& let) {
  const auto* call = let.init->as<Call>();
  return call && let.local->name == call->callee->name + "_result" &&
         !let.local->type->is<RefType>();
}

class Finder {
public:
  explicit Finder(const Module& module) {
    for (const Function& function : module.functions)
      count_uses(function.body);
    for (const Function& function : module.functions)
      visit(function.body);
  }
  std::unordered_map<const Local*, const Expr*> results;

private:
  void count_uses(const Block& body) {
    for_each_expr(const_cast<Block&>(body), [&](Expr*& expr) {
      if (const auto* ref = expr->as<LocalRef>()) ++uses_[ref->local];
    });
  }
  void visit(const Block& block) {
    for (std::size_t i = 0; i < block.statements.size(); ++i) {
      Stmt& stmt = *block.statements[i];
      for_each_block(stmt, [&](Block& inner) { visit(inner); });
      const auto* let = stmt.as<Let>();
      if (!let || i + 1 == block.statements.size() || !is_unnamed(*let)) continue;
      if (uses_[let->local] == 1 && takes(*block.statements[i + 1], let->local))
        results[let->local] = let->init;
    }
  }

  std::unordered_map<const Local*, unsigned> uses_;
};

} // namespace

std::unordered_map<const Local*, const Expr*> unnamed_results(const Module& module) {
  return Finder(module).results;
}

} // namespace ring::backends
