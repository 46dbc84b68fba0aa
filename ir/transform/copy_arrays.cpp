#include "ir/transform/copy_arrays.h"

#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/walk.h"

#include <unordered_set>

namespace ring::ir::transform {
namespace {

class State {
public:
  explicit State(Module& module) : module_(module), builder_(module) {}

  void run(Function& function) {
    turn_lets_into_vars(function.body);
    for_each_expr(function.body, [&](Expr*& expr) {
      if (auto* construct = expr->as<Construct>()) expand_elements(*construct);
    });
    rewrite(function.body);
  }

private:
  /// A let of array type becomes a var that nobody writes.
  void turn_lets_into_vars(Block& body) {
    std::unordered_set<const Local*> turned;
    for_each_stmt(body, [&](Stmt& stmt) {
      auto* let = stmt.as<Let>();
      if (!let || !let->local->type->is<ArrayType>()) return;
      let->local->kind = Local::Kind::var;
      turned.insert(let->local);
      stmt.node = Var{let->local, let->init};
    });
    if (turned.empty()) return;
    for_each_expr(body, [&](Expr*& expr) {
      const auto* ref = expr->as<LocalRef>();
      if (!ref || !turned.contains(ref->local)) return;
      builder_.set_loc(expr->loc);
      expr = builder_.load(builder_.ref(ref->local));
    });
  }

  /// Inside braces an array is written out.
  void expand_elements(Construct& construct) {
    for (Expr*& element : construct.elements) {
      const auto* array = element->type->as<ArrayType>();
      const auto* load = element->as<Load>();
      if (!array || !load) continue;
      builder_.set_loc(element->loc);
      Construct copies;
      for (std::uint64_t i = 0; i < array->count; ++i) {
        Expr* source = builder_.index(clone(module_, load->reference),
                                      builder_.u32(static_cast<std::uint32_t>(i)));
        copies.elements.push_back(builder_.load(source));
      }
      expand_elements(copies);
      element = builder_.construct(element->type, std::move(copies.elements));
    }
  }

  void rewrite(Block& block) {
    Block out;
    for (Stmt* stmt : block.statements) {
      for_each_block(*stmt, [&](Block& inner) { rewrite(inner); });
      builder_.set_block(&out);
      builder_.set_loc(stmt->loc);
      if (!rewrite(*stmt)) builder_.append(stmt);
    }
    block = std::move(out);
  }

  /// True if the statement has been replaced.
  bool rewrite(Stmt& stmt) {
    if (auto* var = stmt.as<Var>()) {
      if (!var->init || !var->local->type->is<ArrayType>() || var->init->is<Construct>())
        return false;
      Expr* init = var->init;
      var->init = nullptr;
      builder_.append(&stmt);
      assign(builder_.ref(var->local), init);
      return true;
    }
    auto* store = stmt.as<Store>();
    if (!store || !store->value->type->is<ArrayType>()) return false;
    assign(store->reference, store->value);
    return true;
  }

  void assign(Expr* target, Expr* value) {
    if (const auto* load = value->as<Load>()) return copy(target, load->reference);
    const auto* construct = value->as<Construct>();
    if (construct && construct->elements.empty()) return copy(target, nullptr);
    // Its elements may read the target: all of them first.
    Local* elements = builder_.var("elements", value->type, value);
    copy(target, builder_.ref(elements));
  }

  /// Without a source all elements become zero.
  void copy(Expr* target, Expr* source) {
    TypePtr type = target->type->pointee_or_self();
    const auto* array = type->as<ArrayType>();
    if (!array) return builder_.store(target, source ? builder_.load(source) : builder_.zero(type));
    TypePtr u32 = module_.types.u32();
    Local* index = builder_.var("index", u32, builder_.u32(0));
    const auto current = [&] { return builder_.load(builder_.ref(index)); };
    Expr* count = builder_.u32(static_cast<std::uint32_t>(array->count));
    Loop* loop = builder_.loop(builder_.binary(BinaryOp::lt, current(), count));
    Block* outer = builder_.block();
    builder_.set_block(&loop->body);
    copy(builder_.index(clone(module_, target), current()),
         source ? builder_.index(source, current()) : nullptr);
    builder_.set_block(&loop->continuing);
    builder_.store(builder_.ref(index), builder_.add(current(), builder_.u32(1)));
    builder_.set_block(outer);
  }

  Module& module_;
  Builder builder_;
};

} // namespace

Status copy_arrays(Module& module) {
  State state(module);
  for (Function& function : module.functions)
    state.run(function);
  return Success{};
}

} // namespace ring::ir::transform
