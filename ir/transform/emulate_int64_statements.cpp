#include "ir/transform/emulate_int64_statements.h"

#include "ir/builder.h"
#include "ir/walk.h"

#include <utility>

namespace ring::ir::transform {
namespace {

using intrinsics::Id;

constexpr std::uint32_t kWordBits = 32;
constexpr std::uint32_t kHalfBits = 16;

class StatementSplitter {
public:
  explicit StatementSplitter(Module& module) : b_(module) {}

  void run(Block& block) {
    Block result;
    for (Stmt* stmt : std::exchange(block.statements, {})) {
      for_each_block(*stmt, [&](Block& inner) { run(inner); });
      b_.set_block(&result);
      b_.set_loc(stmt->loc);
      if (auto* statement = stmt->as<Switch>(); statement && is_int64(statement->selector->type)) {
        number_cases(*statement);
      }
      if (!split_warp_operation(*stmt)) b_.append(stmt);
    }
    block = std::move(result);
  }

private:
  /// Case n of a switch gets the number n + 1, the default all other numbers.
  void number_cases(Switch& statement) {
    const TypePtr type = statement.selector->type;
    Local* selector = b_.let("selector", statement.selector);
    Expr* number = b_.u32(0);
    for (std::size_t n = 0; n < statement.cases.size(); ++n) {
      Switch::Case& c = statement.cases[n];
      for (const Literal& value : c.values) {
        Expr* hit = b_.binary(BinaryOp::eq, b_.ref(selector), b_.integer(type, bits_of(value)));
        number = b_.select(hit, b_.u32(static_cast<std::uint32_t>(n + 1)), number);
      }
      if (!c.values.empty()) c.values = {Literal{std::uint64_t{n + 1}}};
    }
    statement.selector = number;
  }

  bool split_warp_operation(Stmt& stmt) {
    auto* let = stmt.as<Let>();
    Expr* root = let ? let->init : stmt.is<Eval>() ? stmt.as<Eval>()->value : nullptr;
    const auto* intrinsic = root ? root->as<Intrinsic>() : nullptr;
    if (!intrinsic || intrinsic->operands.empty() ||
        intrinsics::find(intrinsic->id).category != intrinsics::Category::warp ||
        !is_int64(intrinsic->operands.front()->type)) {
      return false;
    }
    Expr* result = split(*intrinsic);
    if (let) b_.append(Let{let->local, b_.bitcast(let->local->type, result)});
    return true;
  }

  Expr* low(Local* value) { return b_.convert(b_.types().u32(), b_.ref(value)); }
  Expr* high(Local* value) {
    return b_.convert(b_.types().u32(), b_.binary(BinaryOp::shr, b_.ref(value), b_.u32(kWordBits)));
  }
  Expr* joined(Expr* low_word, Expr* high_word) {
    const TypePtr pair = b_.types().vector(b_.types().u32(), 2);
    return b_.bitcast(b_.types().u64(), b_.construct(pair, {low_word, high_word}));
  }
  Local* warp(const char* name, Id id, Expr* value) {
    return b_.let(name, b_.intrinsic(value->type, id, {value}));
  }

  /// The result's bits as a u64.
  Expr* split(const Intrinsic& intrinsic) {
    Local* value = b_.let("value", intrinsic.operands.front());
    switch (intrinsic.id) {
    case Id::reduce_add:
      return reduced_sum(value);
    case Id::reduce_min:
    case Id::reduce_max:
      return reduced_extremum(intrinsic.id, value);
    default: // shuffles and bit operations do the same to each word
      break;
    }
    std::vector<Expr*> low_operands{low(value)};
    std::vector<Expr*> high_operands{high(value)};
    for (std::size_t i = 1; i < intrinsic.operands.size(); ++i) {
      Local* operand = b_.let("lane", intrinsic.operands[i]);
      low_operands.push_back(b_.ref(operand));
      high_operands.push_back(b_.ref(operand));
    }
    const TypePtr u32 = b_.types().u32();
    Local* low_word = b_.let("lo", b_.intrinsic(u32, intrinsic.id, std::move(low_operands)));
    Local* high_word = b_.let("hi", b_.intrinsic(u32, intrinsic.id, std::move(high_operands)));
    return joined(b_.ref(low_word), b_.ref(high_word));
  }

  /// The halves of the low word are summed apart: a warp of up to 65536 lanes cannot overflow them.
  Expr* reduced_sum(Local* value) {
    const TypePtr u64 = b_.types().u64();
    Local* first =
        warp("sum", Id::reduce_add, b_.binary(BinaryOp::bit_and, low(value), b_.u32(0xffff)));
    Local* second =
        warp("sum", Id::reduce_add, b_.binary(BinaryOp::shr, low(value), b_.u32(kHalfBits)));
    Local* third = warp("sum", Id::reduce_add, high(value));
    Expr* middle = b_.binary(BinaryOp::shl, b_.convert(u64, b_.ref(second)), b_.u32(kHalfBits));
    Expr* sum = b_.add(b_.convert(u64, b_.ref(first)), middle);
    return b_.add(sum, joined(b_.u32(0), b_.ref(third)));
  }

  /// The best high word, then the best low word among the lanes that have it.
  Expr* reduced_extremum(Id id, Local* value) {
    const bool is_min = id == Id::reduce_min;
    const TypePtr u32 = b_.types().u32();
    Expr* top = high(value);
    if (is_signed(value->type->as<ScalarType>()->kind)) top = b_.convert(b_.types().i32(), top);
    Local* own = b_.let("hi", top);
    Local* best = warp("best_hi", id, b_.ref(own));
    Expr* has_it = b_.binary(BinaryOp::eq, b_.ref(own), b_.ref(best));
    Expr* candidate = b_.select(has_it, low(value), b_.u32(is_min ? 0xffffffffu : 0u));
    Local* best_low = warp("best_lo", id, candidate);
    return joined(b_.ref(best_low), b_.convert(u32, b_.ref(best)));
  }

  Builder b_;
};

} // namespace

bool is_int64(TypePtr type) { return type->is_scalar(Scalar::i64) || type->is_scalar(Scalar::u64); }

void split_int64_statements(Module& module) {
  StatementSplitter splitter(module);
  for (Function& function : module.functions)
    splitter.run(function.body);
}

} // namespace ring::ir::transform
