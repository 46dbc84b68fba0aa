#include "ir/transform/narrow_locals.h"

#include "ir/analysis/properties.h"
#include "ir/walk.h"

#include <unordered_map>
#include <vector>

namespace ring::ir::transform {
namespace {

using analysis::is_64_bit_integer;
using analysis::kMaxU32;
using analysis::literal_bits;
using analysis::LocalRanges;
using analysis::max_of;
using analysis::read_local;

/// `v < bound` and the like, with the variable on the left.
struct Comparison {
  BinaryOp op;
  const Expr* bound;
};

BinaryOp opposite(BinaryOp op) {
  switch (op) {
  case BinaryOp::eq:
    return BinaryOp::ne;
  case BinaryOp::ne:
    return BinaryOp::eq;
  case BinaryOp::lt:
    return BinaryOp::ge;
  case BinaryOp::le:
    return BinaryOp::gt;
  case BinaryOp::gt:
    return BinaryOp::le;
  case BinaryOp::ge:
    return BinaryOp::lt;
  default:
    return op;
  }
}

/// What must hold of the variable for `condition` to be `truth`.
void find_comparisons(const Expr& condition, bool truth, const Local* var,
                      std::vector<Comparison>& found) {
  if (const auto* unary = condition.as<Unary>()) {
    return find_comparisons(*unary->operand, !truth, var, found);
  }
  if (const auto* logical = condition.as<Logical>()) {
    if ((logical->op == LogicalOp::logical_and) != truth) return;
    find_comparisons(*logical->lhs, truth, var, found);
    find_comparisons(*logical->rhs, truth, var, found);
    return;
  }
  const auto* binary = condition.as<Binary>();
  if (!binary || !is_comparison(binary->op)) return;
  const BinaryOp op = truth ? binary->op : opposite(binary->op);
  if (read_local(*binary->lhs) == var)
    found.push_back({op, binary->rhs});
  else if (read_local(*binary->rhs) == var)
    found.push_back({mirrored(op), binary->lhs});
}

/// A store to a variable and the innermost loop around it.
struct Assignment {
  const Local* local;
  const Expr* value;
  const Loop* loop;
};

class Finder {
public:
  explicit Finder(Function& function) : function_(function) { collect(function.body, nullptr); }

  NarrowLocals run() {
    for (const Local* escaped : escaped_)
      candidates_.erase(escaped);
    // Suppose that all fit, then take out those that do not, until what is left is consistent.
    narrow_.ranges.zero_extended = candidates_;
    while (drop(narrow_.ranges.zero_extended, [&](const Assignment& a) {
      return analysis::is_zero_extended(*a.value, narrow_.ranges) || stays_in_range(a);
    })) {}
    for (const Local* local : candidates_) {
      if (!narrow_.ranges.zero_extended.contains(local)) narrow_.ranges.sign_extended.insert(local);
    }
    while (drop(narrow_.ranges.sign_extended, [&](const Assignment& a) {
      return analysis::is_sign_extended(*a.value, narrow_.ranges);
    })) {}
    for (const Local* local : candidates_) {
      if (!narrow_.contains(local)) narrow_.truncated.insert(local);
    }
    do {
      changed_ = false;
      for_each_stmt(function_.body, [&](Stmt& stmt) { note_demand(stmt); });
    } while (changed_);
    return std::move(narrow_);
  }

private:
  void collect(Block& block, const Loop* loop) {
    for (Stmt* stmt : block.statements) {
      const auto* let = stmt->as<Let>();
      const auto* var = stmt->as<Var>();
      if (const Local* local = let ? let->local : var ? var->local : nullptr) {
        const Expr* init = let ? let->init : var->init;
        // An effect stays at the root of its let.
        const bool is_effect = init && analysis::has_effect(*init);
        if (is_64_bit_integer(local->type) && !is_effect) candidates_.insert(local);
        if (init) assignments_.push_back({local, init, loop});
      }
      const auto* store = stmt->as<Store>();
      const auto* target = store ? store->reference->as<LocalRef>() : nullptr;
      if (target) assignments_.push_back({target->local, store->value, loop});
      for_each_root(*stmt, [&](Expr*& root) {
        const bool is_target = target && root == store->reference;
        if (!is_target) find_escapes(*root);
      });
      auto* inner = stmt->as<Loop>();
      if (inner) loop_blocks_[inner] = {stmt, loop};
      for_each_block(*stmt, [&](Block& child) { collect(child, inner ? inner : loop); });
    }
  }

  /// A variable whose reference goes anywhere but into a Load keeps its type.
  void find_escapes(Expr& expr) {
    if (const auto* load = expr.as<Load>(); load && load->reference->is<LocalRef>()) return;
    const auto* ref = expr.as<LocalRef>();
    if (ref && ref->local->kind == Local::Kind::var) escaped_.insert(ref->local);
    for_each_operand(expr, [&](Expr*& operand) { find_escapes(*operand); });
  }

  template <class Fits> bool drop(std::unordered_set<const Local*>& supposed, const Fits& fits) {
    bool dropped = false;
    for (const Assignment& assignment : assignments_) {
      if (supposed.contains(assignment.local) && !fits(assignment)) {
        supposed.erase(assignment.local);
        dropped = true;
      }
    }
    return dropped;
  }

  /// `i = i + step` in a loop while `i < bound`, or `i = i - 1` in a loop while `i > 0`: it happens
  /// once in each turn, so the condition holds for what is added to.
  bool stays_in_range(const Assignment& assignment) {
    const auto* binary = assignment.value->as<Binary>();
    if (!binary || !assignment.loop || read_local(*binary->lhs) != assignment.local) return false;
    unsigned stores = 0;
    Stmt& loop_stmt = *loop_blocks_.at(assignment.loop).first;
    for_each_block(loop_stmt, [&](Block& block) {
      for_each_stmt(block, [&](Stmt& stmt) {
        const auto* store = stmt.as<Store>();
        const auto* target = store ? store->reference->as<LocalRef>() : nullptr;
        stores += target && target->local == assignment.local;
      });
    });
    if (stores != 1) return false;
    for (const Comparison& comparison : conditions_of(*assignment.loop, assignment.local)) {
      if (binary->op == BinaryOp::sub && literal_bits(*binary->rhs) == 1) {
        const bool positive =
            comparison.op == BinaryOp::gt ||
            (comparison.op == BinaryOp::ne && literal_bits(*comparison.bound) == 0);
        if (positive && assignment.local->type->is_scalar(Scalar::u64)) return true;
      }
      const bool below = comparison.op == BinaryOp::lt || comparison.op == BinaryOp::le;
      const auto bound = max_of(*comparison.bound, narrow_.ranges);
      const auto step = max_of(*binary->rhs, narrow_.ranges);
      if (binary->op != BinaryOp::add || !below || !bound || !step) continue;
      const std::uint64_t largest =
          comparison.op == BinaryOp::lt && *bound > 0 ? *bound - 1 : *bound;
      if (largest <= kMaxU32 && *step <= kMaxU32 && largest + *step <= kMaxU32) return true;
    }
    return false;
  }

  static std::vector<Comparison> conditions_of(const Loop& loop, const Local* var) {
    std::vector<Comparison> found;
    if (loop.condition) find_comparisons(*loop.condition, true, var, found);
    if (loop.body.empty()) return found;
    const auto* first = loop.body.statements.front()->as<If>();
    const bool leaves = first && first->else_block.empty() &&
                        first->then_block.statements.size() == 1 &&
                        first->then_block.statements.front()->is<Break>();
    if (leaves) find_comparisons(*first->condition, false, var, found);
    return found;
  }

  // --- What is asked of values
  // ----------------------------------------------------------------------

  void note_demand(Stmt& stmt) {
    const auto* let = stmt.as<Let>();
    const auto* var = stmt.as<Var>();
    const auto* store = stmt.as<Store>();
    const auto* target = store ? store->reference->as<LocalRef>() : nullptr;
    const Local* local = let ? let->local : var ? var->local : target ? target->local : nullptr;
    const bool lower_half = local && narrow_.contains(local);
    for_each_root(stmt, [&](Expr*& root) { demand(*root, lower_half); });
  }

  void demand(Expr& expr, bool lower_half) {
    if (const Local* local = read_local(expr)) {
      if (!lower_half && narrow_.truncated.erase(local)) changed_ = true;
      return;
    }
    const bool halves = lower_half && works_in_halves(expr, narrow_.ranges);
    const auto* binary = expr.as<Binary>();
    const bool is_shift = binary && (binary->op == BinaryOp::shl || binary->op == BinaryOp::shr);
    const auto* index = expr.as<Index>();
    const auto* element = expr.as<SpanElement>();
    for_each_operand(expr, [&](Expr*& operand) {
      const bool is_index =
          (index && operand == index->index) || (element && operand == element->index);
      const bool is_amount = is_shift && operand == binary->rhs;
      // An index in range is less than 2^32, and so is every useful amount of a shift.
      bool lower = halves || is_index || is_amount || truncates(expr) ||
                   (binary && compares_halves(*binary));
      if (const auto* select = expr.as<Select>(); select && operand == select->condition)
        lower = false;
      demand(*operand, lower && is_64_bit_integer(operand->type));
    });
  }

  static bool truncates(const Expr& expr) {
    const auto* convert = expr.as<Convert>();
    return convert && expr.type->is_integer() && !is_64_bit_integer(expr.type) &&
           is_64_bit_integer(convert->operand->type);
  }

  bool compares_halves(const Binary& binary) const {
    return is_comparison(binary.op) && analysis::is_zero_extended(*binary.lhs, narrow_.ranges) &&
           analysis::is_zero_extended(*binary.rhs, narrow_.ranges);
  }

  Function& function_;
  std::unordered_set<const Local*> candidates_;
  std::unordered_set<const Local*> escaped_;
  std::vector<Assignment> assignments_;
  std::unordered_map<const Loop*, std::pair<Stmt*, const Loop*>> loop_blocks_;
  NarrowLocals narrow_;
  bool changed_ = false;
};

} // namespace

NarrowLocals find_narrow_locals(Function& function) { return Finder(function).run(); }

bool works_in_halves(const Expr& expr, const LocalRanges& ranges) {
  if (!is_64_bit_integer(expr.type)) return false;
  if (expr.is<Select>()) return true;
  if (const auto* e = expr.as<Unary>()) return e->op != UnaryOp::logical_not;
  if (const auto* e = expr.as<Convert>())
    return e->operand->type->is_integer() || e->operand->type->is_bool();
  if (const auto* e = expr.as<Bitcast>()) return is_64_bit_integer(e->operand->type);
  const auto fits = [&](const Expr& operand) {
    return analysis::is_zero_extended(operand, ranges);
  };
  if (const auto* e = expr.as<Intrinsic>()) {
    const bool is_min = e->id == intrinsics::Id::min && expr.type->is_scalar(Scalar::u64);
    const bool picks = is_min || e->id == intrinsics::Id::max;
    if (!picks) return false;
    const bool first = fits(*e->operands[0]);
    const bool second = fits(*e->operands[1]);
    // `size - 1` of nothing is the largest number, with 64 bits and with 32.
    const auto is_last = [&](const Expr& operand) {
      const auto* sub = operand.as<Binary>();
      return sub && sub->op == BinaryOp::sub && literal_bits(*sub->rhs) == 1 && fits(*sub->lhs);
    };
    return (first && second) || (is_min && first && is_last(*e->operands[1])) ||
           (is_min && second && is_last(*e->operands[0]));
  }
  const auto* e = expr.as<Binary>();
  if (!e) return false;
  switch (e->op) {
  case BinaryOp::add:
  case BinaryOp::sub:
  case BinaryOp::mul:
  case BinaryOp::bit_and:
  case BinaryOp::bit_or:
  case BinaryOp::bit_xor:
    return true;
  case BinaryOp::div:
  case BinaryOp::rem:
    return fits(*e->lhs) && fits(*e->rhs);
  case BinaryOp::shl: {
    const auto amount = max_of(*e->rhs, ranges);
    return amount && *amount < 32;
  }
  case BinaryOp::shr: {
    const auto amount = max_of(*e->rhs, ranges);
    return fits(*e->lhs) && amount && *amount < 32;
  }
  default:
    return false;
  }
}

} // namespace ring::ir::transform
