#include "ir/transform/bounds.h"

#include "ir/analysis/properties.h"
#include "ir/message_words.h"
#include "ir/transform/bounds_checks.h"
#include "ir/transform/bounds_clamp.h"
#include "ir/transform/flatten.h"
#include "ir/transform/inline_references.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::ir::transform {
namespace {

// The words of the trap record.
constexpr std::uint32_t kState = 0;
constexpr std::uint32_t kLine = 1;
constexpr std::uint32_t kIndex = 2;
constexpr std::uint32_t kSize = 4;
constexpr std::uint32_t kKernel = 6;
constexpr std::uint32_t kClaimed = 1;
constexpr std::uint32_t kWritten = 2;

bool has_span_element(const Expr& reference) {
  if (const auto* member = reference.as<Member>()) return has_span_element(*member->base);
  if (const auto* index = reference.as<Index>()) return has_span_element(*index->base);
  const auto* element = reference.as<SpanElement>();
  return element && !is_message_words(*element->span);
}

bool accesses_spans(const Function& function) {
  bool found = false;
  for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) {
    const auto* call = expr->as<Call>();
    const auto* element = expr->as<SpanElement>();
    found = found || (element && !is_message_words(*element->span)) ||
            (call && accesses_spans(*call->callee));
  });
  return found;
}

class Trapper {
public:
  Trapper(Module& module, const BoundsConfig& config)
      : module_(module), builder_(module), config_(config), checks_(builder_, config_) {}

  void run(Function& kernel, std::uint32_t number) {
    number_ = number;
    const TypePtr record = module_.types.span(module_.types.u32(), Access::read_write);
    record_ = module_.local(Local::Kind::param, "ring_trap", record, kernel.loc);
    kernel.params.push_back(record_);
    kernel.has_side_effects = true;
    // Every access of its own, so that a check can stand before it and nothing that is not
    // evaluated is checked.
    FlattenConfig accesses;
    accesses.hoist = [](const Expr& expr) {
      const auto* load = expr.as<Load>();
      return load && has_span_element(*load->reference);
    };
    flatten(module_, kernel.body, accesses);
    may_stop_ = !analysis::is_convergent(kernel);
    check(kernel.body);
    if (!may_stop_) clamp_bounds(module_, kernel, config_, record_);
  }

private:
  void check(Block& block) {
    const std::vector<Stmt*> statements = std::move(block.statements);
    block.statements.clear();
    for (Stmt* stmt : statements) {
      builder_.set_block(&block);
      builder_.set_loc(stmt->loc);
      if (Expr* reference = accessed(*stmt)) {
        const std::vector<BoundsCheck> checks = checks_.of(*reference);
        checks_.capture(checks);
        for (const BoundsCheck& check : checks)
          report_outside(check);
        builder_.set_block(&block);
      }
      block.statements.push_back(stmt);
      for_each_block(*stmt, [&](Block& inner) { check(inner); });
    }
  }

  /// The reference that the statement reads, writes or binds.
  static Expr* accessed(Stmt& stmt) {
    if (auto* store = stmt.as<Store>()) return store->reference;
    auto* let = stmt.as<Let>();
    auto* eval = stmt.as<Eval>();
    Expr* root = let ? let->init : eval ? eval->value : nullptr;
    if (!root) return nullptr;
    if (auto* load = root->as<Load>()) return load->reference;
    auto* intrinsic = root->as<Intrinsic>();
    if (intrinsic && !intrinsic->operands.empty()) root = intrinsic->operands[0];
    return root->type->is<RefType>() ? root : nullptr;
  }

  void report_outside(const BoundsCheck& check) {
    Block* outer = builder_.block();
    If* outside = builder_.if_(negate(module_, checks_.is_inside(check)));
    builder_.set_block(&outside->then_block);
    Local* state = builder_.let(
        "state", builder_.intrinsic(module_.types.u32(), intrinsics::Id::atomic_cas,
                                    {word(kState), builder_.u32(0), builder_.u32(kClaimed)}));
    If* first = builder_.if_(builder_.binary(BinaryOp::eq, builder_.ref(state), builder_.u32(0)));
    builder_.set_block(&first->then_block);
    write(kLine, builder_.u32(builder_.loc().line));
    write_whole(kIndex, checks_.whole_index(check), checks_.whole_index(check));
    write_whole(kSize, checks_.whole_size(check), checks_.whole_size(check));
    write(kKernel, builder_.u32(number_));
    // Pairs with the host's look at the state after the kernel has ended.
    write(kState, builder_.u32(kWritten), MemoryOrder::release);
    builder_.set_block(&outside->then_block);
    if (may_stop_) builder_.return_();
    builder_.set_block(outer);
  }

  Expr* word(std::uint32_t index) {
    return builder_.span_element(builder_.ref(record_), builder_.u32(index));
  }
  /// Atomic, for the state is: on some targets all of a buffer is or nothing.
  void write(std::uint32_t index, Expr* value, MemoryOrder order = MemoryOrder::relaxed) {
    builder_.eval(builder_.intrinsic(module_.types.void_type(), intrinsics::Id::atomic_store,
                                     {word(index), value}, order, MemoryScope::device));
  }
  void write_whole(std::uint32_t index, Expr* value, Expr* again) {
    const TypePtr u32 = module_.types.u32();
    write(index, builder_.convert(u32, value));
    Expr* upper = builder_.binary(BinaryOp::shr, again, builder_.u32(32));
    write(index + 1, builder_.convert(u32, upper));
  }

  Module& module_;
  Builder builder_;
  BoundsConfig config_;
  BoundsChecks checks_;
  Local* record_ = nullptr;
  std::uint32_t number_ = 0;
  bool may_stop_ = true;
};

} // namespace

Status bounds(Module& module, const BoundsConfig& config) {
  if (config.policy == BoundsPolicy::off) return Success{};
  if (config.policy == BoundsPolicy::clamp) {
    for (Function& function : module.functions)
      clamp_bounds(module, function, config);
    return Success{};
  }
  // Only the kernel can stop, and only it has the record.
  if (Status status = inline_references(module, {.must_inline = accesses_spans}); !status)
    return status;
  std::uint32_t number = 0;
  for (Function& function : module.functions) {
    if (function.global()) Trapper(module, config).run(function, number++);
  }
  return Success{};
}

} // namespace ring::ir::transform
