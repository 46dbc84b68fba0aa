// Warp operations on a machine that runs one lane after the other: what the lanes give is collected
// in the loop before the operation, what they get is read in the loop after it. A lane that does
// not exist or has returned gives nothing; who reads from it gets their own value.
#include "ir/transform/split_barriers_splitter.h"

namespace ring::ir::transform::split {

using intrinsics::Id;

void Splitter::warp_operation(Output& out, Stmt& stmt, const Intrinsic& operation) {
  const auto* let = stmt.as<Let>();
  Local* result = let ? let->local : nullptr;
  switch (operation.id) {
  case Id::warp_barrier:
    return flush(out);
  case Id::shuffle:
  case Id::shuffle_up:
  case Id::shuffle_down:
  case Id::shuffle_xor:
  case Id::broadcast:
    return shuffle(out, operation, result);
  case Id::ballot:
  case Id::all:
  case Id::any:
    return vote(out, operation, result);
  case Id::elect:
    flush(out);
    if (!result) return;
    builder_.set_block(&out.run);
    builder_.append(
        Let{result,
            builder_.binary(BinaryOp::eq, builder_.intrinsic(module_.types.u32(), Id::lane_id, {}),
                            leader_lane())});
    return;
  default:
    return reduce(out, operation, result);
  }
}

Expr* Splitter::leader_lane() {
  return active_ ? builder_.load(builder_.ref(leader_)) : builder_.u32(0);
}

/// An array with what each lane gives, filled at the end of the pending run.
Local* Splitter::lane_values(Output& out, Expr* value) {
  builder_.set_block(&out.done);
  Local* values = builder_.var("values", module_.types.array(value->type, warp_size_));
  uniform_.insert(values); // one for the warp
  builder_.set_block(&out.run);
  Expr* lane = builder_.intrinsic(module_.types.u32(), Id::lane_id, {});
  builder_.store(builder_.index(builder_.ref(values), lane), value);
  return values;
}

void Splitter::shuffle(Output& out, const Intrinsic& operation, Local* result) {
  TypePtr u32 = module_.types.u32();
  const auto lane = [&] { return builder_.intrinsic(u32, Id::lane_id, {}); };
  Expr* argument = operation.operands[1];
  if (!is_uniform(*argument, Level::warp, uniform_)) {
    builder_.set_block(&out.run);
    argument = builder_.ref(builder_.let("argument", argument));
  }
  Local* values = lane_values(out, operation.operands[0]);
  flush(out);
  if (!result) return;

  builder_.set_block(&out.run);
  Expr* source = argument;
  if (operation.id == Id::shuffle_up) source = builder_.sub(lane(), argument);
  if (operation.id == Id::shuffle_down) source = builder_.add(lane(), argument);
  if (operation.id == Id::shuffle_xor) {
    source = builder_.binary(BinaryOp::bit_xor, lane(), argument);
  }
  Local* from = builder_.let("source", source);
  const auto value_of = [&](Expr* index) {
    return builder_.load(builder_.index(builder_.ref(values), index));
  };
  Expr* exists = builder_.binary(BinaryOp::lt, builder_.ref(from), lanes_in_warp());
  if (active_) {
    Expr* first = builder_.mul(builder_.intrinsic(u32, Id::warp_id, {}), builder_.u32(warp_size_));
    Expr* flag = builder_.index(builder_.ref(active_), builder_.add(first, builder_.ref(from)));
    exists = builder_.logical(LogicalOp::logical_and, exists, builder_.load(flag));
  }
  builder_.append(
      Let{result, builder_.select(exists, value_of(builder_.ref(from)), value_of(lane()))});
}

void Splitter::vote(Output& out, const Intrinsic& operation, Local* result) {
  builder_.set_block(&out.done);
  Expr* predicate = operation.operands[0];
  Local* tally = nullptr;
  if (operation.id == Id::ballot) {
    tally = builder_.var("votes", module_.types.u32(), builder_.u32(0));
    builder_.set_block(&out.run);
    Expr* bit = builder_.binary(BinaryOp::shl, builder_.convert(module_.types.u32(), predicate),
                                builder_.intrinsic(module_.types.u32(), Id::lane_id, {}));
    builder_.store(builder_.ref(tally),
                   builder_.binary(BinaryOp::bit_or, builder_.load(builder_.ref(tally)), bit));
  } else {
    const bool is_all = operation.id == Id::all;
    tally = builder_.var("votes", module_.types.boolean(), builder_.boolean(is_all));
    builder_.set_block(&out.run);
    If* decides =
        builder_.if_(is_all ? builder_.unary(UnaryOp::logical_not, predicate) : predicate);
    builder_.set_block(&decides->then_block);
    builder_.store(builder_.ref(tally), builder_.boolean(!is_all));
  }
  uniform_.insert(tally);
  flush(out);
  give_uniform(out, result, builder_.load(builder_.ref(tally)));
}

void Splitter::reduce(Output& out, const Intrinsic& operation, Local* result) {
  Local* values = lane_values(out, operation.operands[0]);
  flush(out);
  const auto lane = [&] { return builder_.intrinsic(module_.types.u32(), Id::lane_id, {}); };
  const auto value_of = [&](Expr* index) {
    return builder_.load(builder_.index(builder_.ref(values), index));
  };
  builder_.set_block(&out.done);
  // With no lane left the leader is warp_size; the value is used by nobody, but must be readable.
  Expr* first =
      active_ ? builder_.binary(BinaryOp::bit_and, leader_lane(), builder_.u32(warp_size_ - 1))
              : leader_lane();
  Local* total = builder_.var("total", operation.operands[0]->type, value_of(first));
  uniform_.insert(total);
  Block body;
  builder_.set_block(&body);
  If* other = builder_.if_(builder_.binary(BinaryOp::ne, lane(), leader_lane()));
  builder_.set_block(&other->then_block);
  builder_.store(builder_.ref(total),
                 combine(operation.id, total, [&] { return value_of(lane()); }));
  Stmt* loop = region(ForEach::Unit::lane, std::move(body));
  out.done.statements.push_back(loop);
  give_uniform(out, result, builder_.load(builder_.ref(total)));
}

/// What becomes of the total so far when one more lane's value joins it.
Expr* Splitter::combine(Id id, Local* total, const std::function<Expr*()>& value) {
  const auto so_far = [&] { return builder_.load(builder_.ref(total)); };
  switch (id) {
  case Id::reduce_min:
    return builder_.select(builder_.binary(BinaryOp::lt, value(), so_far()), value(), so_far());
  case Id::reduce_max:
    return builder_.select(builder_.binary(BinaryOp::lt, so_far(), value()), value(), so_far());
  case Id::reduce_and:
    return builder_.binary(BinaryOp::bit_and, so_far(), value());
  case Id::reduce_or:
    return builder_.binary(BinaryOp::bit_or, so_far(), value());
  case Id::reduce_xor:
    return builder_.binary(BinaryOp::bit_xor, so_far(), value());
  default:
    return builder_.add(so_far(), value());
  }
}

/// A result that all lanes share: a constant of the warp if only this warp's code reads it.
void Splitter::give_uniform(Output& out, Local* result, Expr* value) {
  if (!result) return;
  builder_.set_block(uniform_.contains(result) ? &out.done : &out.run);
  builder_.append(Let{result, value});
}

} // namespace ring::ir::transform::split
