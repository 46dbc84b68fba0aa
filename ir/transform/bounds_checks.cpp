#include "ir/transform/bounds_checks.h"

#include "ir/analysis/properties.h"
#include "ir/analysis/value_range.h"
#include "ir/clone.h"
#include "ir/message_words.h"
#include "ir/transform/pointer_places.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::ir::transform {
namespace {

/// Without conversions that keep the value of a non-negative number that fits.
const Expr& unconverted(const Expr& expr) {
  const auto* convert = expr.as<Convert>();
  const bool keeps = convert && expr.type->is_integer() && convert->operand->type->is_integer() &&
                     size_of(expr.type) >= size_of(convert->operand->type);
  return keeps ? unconverted(*convert->operand) : expr;
}

bool mentions(const Expr& expr, const Local* local) {
  if (const auto* ref = expr.as<LocalRef>()) return ref->local == local;
  bool found = false;
  for_each_operand(const_cast<Expr&>(expr),
                   [&](Expr*& operand) { found = found || mentions(*operand, local); });
  return found;
}

bool is_narrow(TypePtr type) { return type->is_integer() && size_of(type) <= 4; }

} // namespace

const Expr* BoundsFacts::span_of(const Expr& size) const {
  if (const auto* of = size.as<SpanSize>()) return of->span;
  if (const auto* ref = size.as<LocalRef>()) {
    const auto found = sizes_.find(ref->local);
    return found == sizes_.end() ? nullptr : found->second;
  }
  // What is less than the lower half of a size is less than the size.
  const auto* convert = size.as<Convert>();
  const auto* scalar = size.type->as<ScalarType>();
  const bool is_unsigned = scalar && is_integer(scalar->kind) && !is_signed(scalar->kind);
  return convert && is_unsigned ? span_of(*convert->operand) : nullptr;
}

void BoundsFacts::learn(const Let& let) {
  const Expr* span = span_of(*let.init);
  if (span && analysis::is_stable(*span)) sizes_[let.local] = span;
}

void BoundsFacts::learn(const Expr& condition, bool truth) {
  if (const auto* unary = condition.as<Unary>()) return learn(*unary->operand, !truth);
  if (const auto* logical = condition.as<Logical>()) {
    if ((logical->op == LogicalOp::logical_and) != truth) return;
    learn(*logical->lhs, truth);
    learn(*logical->rhs, truth);
    return;
  }
  const auto* binary = condition.as<Binary>();
  if (!binary) return;
  const BinaryOp below = truth ? BinaryOp::lt : BinaryOp::ge;
  const BinaryOp above = truth ? BinaryOp::gt : BinaryOp::le;
  const auto note = [&](const Expr& index, const Expr& size) {
    const Expr* span = span_of(size);
    // As signed numbers a negative index is below every size.
    const bool is_unsigned =
        index.type->is_scalar(Scalar::u64) || index.type->is_scalar(Scalar::u32);
    if (span && is_unsigned) facts_.push_back({&index, span});
  };
  if (binary->op == below) note(*binary->lhs, *binary->rhs);
  if (binary->op == above) note(*binary->rhs, *binary->lhs);
}

void BoundsFacts::forget_changes(Stmt& stmt) {
  if (facts_.empty()) return;
  const auto* store = stmt.as<Store>();
  const auto* target = store ? store->reference->as<LocalRef>() : nullptr;
  if (target) {
    std::erase_if(facts_, [&](const Fact& fact) {
      return mentions(*fact.index, target->local) || mentions(*fact.span, target->local);
    });
  }
  for_each_block(stmt, [&](Block& block) { forget_changes(block); });
}

void BoundsFacts::forget_changes(Block& block) {
  for (Stmt* stmt : block.statements)
    forget_changes(*stmt);
}

bool BoundsFacts::holds(const Expr& index, const Expr& span) const {
  return std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
    return same_name(*fact.span, span) && (same_name(*fact.index, index) ||
                                           same_name(unconverted(*fact.index), unconverted(index)));
  });
}

std::vector<BoundsCheck> BoundsChecks::of(Expr& reference) const {
  if (auto* member = reference.as<Member>()) return of(*member->base);
  if (auto* element = reference.as<SpanElement>()) {
    const auto* span = element->span->as<LocalRef>();
    if (span && span->local == trusted) return {};
    // Its indices come from the protocol, which keeps them right, not from the user.
    if (is_message_words(*element->span)) return {};
    if (facts.holds(*element->index, *element->span)) return {};
    return {{&element->index, element->span, 0}};
  }
  auto* index = reference.as<Index>();
  if (!index) return {};
  std::vector<BoundsCheck> checks = of(*index->base);
  const auto* array = index->base->type->pointee_or_self()->as<ArrayType>();
  if (!config_.arrays || !array || array->count == 0) return checks;
  const auto bound = analysis::max_of(*index->index, {});
  if (!bound || *bound >= array->count) checks.push_back({&index->index, nullptr, array->count});
  return checks;
}

Expr* BoundsChecks::copy(const Expr* expr) { return clone(builder_.module(), expr); }

Expr* BoundsChecks::converted(TypePtr type, Expr* value) {
  const auto bits = analysis::literal_bits(*value);
  return bits ? builder_.integer(type, *bits) : builder_.convert(type, value);
}

Expr* BoundsChecks::whole_index(const BoundsCheck& check) {
  return converted(builder_.types().u64(), copy(*check.index));
}

Expr* BoundsChecks::whole_size(const BoundsCheck& check) {
  return check.span ? builder_.span_size(copy(check.span))
                    : builder_.integer(builder_.types().u64(), check.count);
}

/// Index and size in the smallest type in which they can be compared as unsigned numbers.
BoundsChecks::Pair BoundsChecks::compared(const BoundsCheck& check) {
  const Expr* index = *check.index;
  if (const auto* convert = index->as<Convert>(); convert && is_narrow(convert->operand->type)) {
    index = convert->operand;
  }
  const bool narrow = is_narrow(index->type) && (config_.sizes_have_32_bits || !check.span);
  if (!narrow) return {whole_index(check), whole_size(check)};
  const TypePtr u32 = builder_.types().u32();
  return {converted(u32, copy(index)), converted(u32, whole_size(check))};
}

Expr* BoundsChecks::is_inside(const BoundsCheck& check) {
  const Pair pair = compared(check);
  return builder_.binary(BinaryOp::lt, pair.index, pair.size);
}

Expr* BoundsChecks::are_inside(const std::vector<BoundsCheck>& checks) {
  Expr* all = nullptr;
  for (const BoundsCheck& check : checks) {
    Expr* inside = is_inside(check);
    all = all ? builder_.logical(LogicalOp::logical_and, all, inside) : inside;
  }
  return all;
}

Expr* BoundsChecks::clamped(const BoundsCheck& check) {
  const Pair pair = compared(check);
  const TypePtr type = pair.index->type;
  Expr* last = builder_.sub(pair.size, builder_.integer(type, 1));
  return builder_.intrinsic(type, intrinsics::Id::min, {pair.index, last});
}

void BoundsChecks::capture(const std::vector<BoundsCheck>& checks) {
  for (const BoundsCheck& check : checks) {
    Expr*& index = *check.index;
    const Expr& plain = unconverted(*index);
    const bool is_name = plain.is<Literal>() || analysis::read_local(plain);
    if (!is_name) index = builder_.ref(builder_.let("index", index));
  }
}

} // namespace ring::ir::transform
