#include "ir/transform/lower_memory.h"

#include "ir/builder.h"
#include "ir/transform/lower_memory_plan.h"
#include "ir/transform/lower_memory_words.h"
#include "ir/walk.h"

#include <utility>

namespace ring::ir::transform {
namespace {

constexpr std::uint64_t kWordBytes = 4;

class MemoryLowering {
public:
  MemoryLowering(Module& module, const LowerMemoryConfig& config, std::set<const Global*> words)
      : config_(config), words_(std::move(words)), builder_(module), memory_(builder_) {}

  void rewrite(Block& block) {
    Block* outer = builder_.block();
    Block result;
    for (Stmt* stmt : std::exchange(block.statements, {})) {
      for_each_block(*stmt, [&](Block& inner) { rewrite(inner); });
      builder_.set_block(&result);
      builder_.set_loc(stmt->loc);
      rewrite(stmt);
    }
    block = std::move(result);
    builder_.set_block(outer);
  }

private:
  void rewrite(Stmt* stmt) {
    if (auto* store = stmt->as<Store>(); store && is_words(store->reference)) {
      rewrite(store->value);
      const bool one_word = size_of(store->value->type) == kWordBytes;
      memory_.store(address_of(store->reference, one_word), store->value);
      return;
    }
    if (rewrite_atomic(stmt)) return;
    // A loop's conditions are evaluated in every turn: nothing can be put before them.
    memory_.set_can_hoist(!stmt->is<Loop>());
    for_each_root(*stmt, [&](Expr*& root) { rewrite(root); });
    memory_.set_can_hoist(true);
    builder_.append(stmt);
  }

  void rewrite(Expr*& expr) {
    if (const auto* load = expr->as<Load>(); load && is_words(load->reference)) {
      const Loc outer = builder_.loc();
      if (expr->loc.valid()) builder_.set_loc(expr->loc);
      const bool one_word = expr->type->is<ScalarType>() && size_of(expr->type) <= kWordBytes;
      expr = memory_.load(expr->type, address_of(load->reference, one_word));
      builder_.set_loc(outer);
      return;
    }
    for_each_operand(*expr, [&](Expr*& operand) { rewrite(operand); });
  }

  bool is_words(const Expr* reference) const { return words_.contains(root_of(reference)); }

  /// `one_word`: the address is used once if it counts words.
  WordAddress address_of(Expr* reference, bool one_word) {
    std::vector<std::pair<Expr*, std::uint64_t>> terms; // index and stride in bytes
    WordAddress address;
    for (Expr* at = reference; !address.global;) {
      if (const auto* global = at->as<GlobalRef>()) {
        address.global = global->global;
      } else if (const auto* member = at->as<Member>()) {
        const auto* type = member->base->type->pointee_or_self()->as<StructType>();
        address.offset += type->decl->fields[member->field].offset;
        at = member->base;
      } else {
        const auto* index = at->as<Index>();
        const std::uint64_t stride = size_of(at->type->pointee_or_self());
        if (const auto* literal = index->index->as<Literal>()) {
          address.offset += std::get<std::uint64_t>(literal->value) * stride;
        } else {
          terms.emplace_back(index->index, stride);
        }
        at = index->base;
      }
    }
    for (const auto& [index, stride] : terms) {
      while (stride % address.alignment != 0)
        address.alignment /= 2;
    }
    if (address.alignment < kWordBytes) address.unit = 1;
    const bool copied = !one_word || address.unit == 1;
    for (auto term = terms.rbegin(); term != terms.rend(); ++term) {
      rewrite(term->first);
      Expr* index = copied ? memory_.reusable(term->first, "index") : term->first;
      index = builder_.convert(builder_.types().u32(), index);
      if (const std::uint64_t factor = term->second / address.unit; factor != 1) {
        index = builder_.mul(index, builder_.u32(static_cast<std::uint32_t>(factor)));
      }
      address.dynamic = address.dynamic ? builder_.add(address.dynamic, index) : index;
    }
    return address;
  }

  /// An atomic, or a uniform load, at the root of a Let or an Eval, on a variable that is words
  /// now.
  bool rewrite_atomic(Stmt* stmt) {
    auto* let = stmt->as<Let>();
    auto* eval = stmt->as<Eval>();
    Expr* root = let ? let->init : eval ? eval->value : nullptr;
    auto* intrinsic = root ? root->as<Intrinsic>() : nullptr;
    if (!intrinsic) return false;
    const bool is_atomic = intrinsics::find(intrinsic->id).category == intrinsics::Category::atomic;
    if (!is_atomic && intrinsic->id != intrinsics::Id::uniform_load) return false;
    const TypePtr type = intrinsic->operands.front()->type->pointee_or_self();
    Global* global = root_of(intrinsic->operands.front());
    for (Expr*& operand : intrinsic->operands) {
      if (&operand != &intrinsic->operands.front()) rewrite(operand);
    }
    if (global && global->access == Access::read && config_.atomics_are_types && let) {
      // Nobody writes a buffer that is bound for reading, and it may not have atomics inside.
      let->init = builder_.load(intrinsic->operands.front());
      rewrite(stmt);
      return true;
    }
    if (!global || !words_.contains(global)) {
      rewrite(intrinsic->operands.front());
      builder_.append(stmt);
      return true;
    }
    lower_atomic(*intrinsic, type, let);
    return true;
  }

  void lower_atomic(Intrinsic& intrinsic, TypePtr type, Let* let) {
    using intrinsics::Id;
    const bool is_ordered = intrinsic.id == Id::atomic_min || intrinsic.id == Id::atomic_max;
    const bool reused = is_ordered && type->is_scalar(Scalar::i32);
    const WordAddress address = address_of(intrinsic.operands.front(), !reused);
    Expr* old = nullptr;
    if (reused) {
      old = signed_extremum(intrinsic, address);
    } else {
      intrinsic.operands.front() = memory_.word(address);
      for (std::size_t i = 1; i < intrinsic.operands.size(); ++i) {
        intrinsic.operands[i] = memory_.to_bits(intrinsic.operands[i]);
      }
      const bool is_store = intrinsic.id == Id::atomic_store;
      const TypePtr result = is_store ? builder_.types().void_type() : builder_.types().u32();
      Expr* operation = builder_.module().expr(result, intrinsic, builder_.loc());
      if (!let) {
        builder_.eval(operation);
        return;
      }
      if (type == result) {
        builder_.append(Let{let->local, operation});
        return;
      }
      old = builder_.ref(builder_.let(let->local->name + "_bits", operation));
    }
    if (let) builder_.append(Let{let->local, memory_.from_bits(type, old)});
  }

  /// Words are unsigned, so the smaller and the larger of signed values need a loop of
  /// compare-exchange. Returns the bits from before.
  Expr* signed_extremum(const Intrinsic& intrinsic, const WordAddress& address) {
    Builder& b = builder_;
    const TypePtr u32 = b.types().u32();
    const TypePtr i32 = b.types().i32();
    Expr* value = memory_.reusable(intrinsic.operands[1], "value");
    Local* old = b.var("old", u32);
    Loop* loop = b.loop();
    Block* outside = b.block();
    b.set_block(&loop->body);
    Local* seen =
        b.let("seen", b.intrinsic(u32, intrinsics::Id::atomic_load, {memory_.word(address)}));
    const auto id =
        intrinsic.id == intrinsics::Id::atomic_min ? intrinsics::Id::min : intrinsics::Id::max;
    Expr* wanted = b.intrinsic(i32, id, {b.convert(i32, b.ref(seen)), value});
    Local* found =
        b.let("found", b.intrinsic(u32, intrinsics::Id::atomic_cas,
                                   {memory_.word(address), b.ref(seen), b.convert(u32, wanted)}));
    b.store(b.ref(old), b.ref(found));
    b.set_block(&b.if_(b.binary(BinaryOp::eq, b.ref(found), b.ref(seen)))->then_block);
    b.break_();
    b.set_block(outside);
    return b.load(b.ref(old));
  }

  const LowerMemoryConfig& config_;
  std::set<const Global*> words_;
  Builder builder_;
  WordMemory memory_;
};

} // namespace

Status lower_memory(Module& module, const LowerMemoryConfig& config) {
  std::set<const Global*> words = plan_words(module, config);
  // Expressions carry the types that the variables had, which is where the strides come from.
  for (Global& global : module.globals) {
    if (!words.contains(&global)) continue;
    const std::uint64_t bytes = size_of(global.type); // none if sized at run time
    global.type = module.types.array(module.types.u32(), (bytes + kWordBytes - 1) / kWordBytes);
  }
  MemoryLowering lowering(module, config, std::move(words));
  for (Function& function : module.functions)
    lowering.rewrite(function.body);
  return Success{};
}

} // namespace ring::ir::transform
