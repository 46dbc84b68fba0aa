// for, while, do and range-for.
#include "frontend/annotations.h"
#include "frontend/function_lowering.h"

namespace ring::frontend {

void FunctionLowering::lower_loop_condition(ir::Loop& loop,
                                            const std::function<ir::Expr*()>& condition) {
  ir::Block* outer = builder_.block();
  builder_.set_block(&loop.body);
  ir::Expr* value = condition();
  if (value && loop.body.empty()) {
    loop.condition = value;
  } else if (value) {
    ir::If* leave = builder_.if_(builder_.unary(ir::UnaryOp::logical_not, value));
    builder_.set_block(&leave->then_block);
    builder_.break_();
  }
  builder_.set_block(outer);
}

void FunctionLowering::lower_for(const clang::ForStmt* stmt) {
  if (stmt->getInit()) lower(stmt->getInit());
  builder_.set_loc(loc(stmt));
  ir::Loop* loop = builder_.loop();
  if (stmt->getCond()) {
    lower_loop_condition(*loop, [&] {
      if (stmt->getConditionVariable()) lower_variable(stmt->getConditionVariable());
      return lower_condition(stmt->getCond());
    });
  }
  lower_into(loop->body, stmt->getBody());
  lower_into(loop->continuing, stmt->getInc());
}

void FunctionLowering::lower_while(const clang::WhileStmt* stmt) {
  ir::Loop* loop = builder_.loop();
  lower_loop_condition(*loop, [&] {
    if (stmt->getConditionVariable()) lower_variable(stmt->getConditionVariable());
    return lower_condition(stmt->getCond());
  });
  lower_into(loop->body, stmt->getBody());
}

void FunctionLowering::lower_do(const clang::DoStmt* stmt) {
  ir::Loop* loop = builder_.loop();
  lower_into(loop->body, stmt->getBody());
  ir::Block* outer = builder_.block();
  builder_.set_block(&loop->continuing);
  builder_.set_loc(this->loc(stmt->getCond()));
  if (ir::Expr* condition = lower_condition(stmt->getCond())) {
    const auto* literal = condition->as<ir::Literal>();
    const bool never_again = literal && std::get<bool>(literal->value) == false;
    loop->break_if =
        never_again ? builder_.boolean(true) : builder_.unary(ir::UnaryOp::logical_not, condition);
  }
  builder_.set_block(outer);
}

void FunctionLowering::lower_range_for(const clang::CXXForRangeStmt* stmt) {
  if (stmt->getInit()) lower(stmt->getInit());
  const clang::Expr* range = stmt->getRangeInit();
  ir::TypePtr type =
      parent_.lower_type(range->getType().getNonReferenceType(), range->getBeginLoc());
  if (!type) return;
  const auto* record = range->getType().getNonReferenceType()->getAsCXXRecordDecl();
  const bool is_std_array = record && record->isInStdNamespace() && record->getName() == "array" &&
                            type->as<ir::StructType>()->decl->fields.size() == 1;
  const bool is_span = type->is<ir::SpanType>();
  if (!type->is<ir::ArrayType>() && !is_std_array && !is_span) {
    // Whatever has begin() and end(): as the standard writes it out.
    lower(stmt->getRangeStmt());
    lower(stmt->getBeginStmt());
    lower(stmt->getEndStmt());
    ir::Loop* loop = builder_.loop();
    lower_loop_condition(*loop, [&] { return lower_condition(stmt->getCond()); });
    lower_into(loop->body, stmt->getLoopVarStmt());
    lower_into(loop->body, stmt->getBody());
    lower_into(loop->continuing, stmt->getInc());
    return;
  }

  // Arrays and spans are walked by index, which every target can do.
  ir::Expr* object = is_span ? lower_value(range) : lower_lvalue(range);
  if (!object) return;
  if (!object->is<ir::LocalRef>() && !object->is<ir::GlobalRef>()) {
    object = builder_.ref(builder_.let("range", object));
  }
  if (is_std_array) object = builder_.member(object, 0);
  ir::TypePtr index_type = is_span ? builder_.types().u64() : builder_.types().u32();
  ir::Expr* count = is_span ? builder_.span_size(copy_of(object))
                            : builder_.u32(static_cast<std::uint32_t>(
                                  object->type->pointee_or_self()->as<ir::ArrayType>()->count));
  ir::Local* index = builder_.var("index", index_type, builder_.integer(index_type, 0));
  const auto current = [&] { return builder_.load(builder_.ref(index)); };
  ir::Loop* loop = builder_.loop(builder_.binary(ir::BinaryOp::lt, current(), count));

  ir::Block* outer = builder_.block();
  builder_.set_block(&loop->body);
  const clang::VarDecl* variable = stmt->getLoopVariable();
  builder_.set_loc(parent_.loc(variable->getLocation()));
  ir::Expr* element =
      is_span ? builder_.span_element(object, current()) : builder_.index(object, current());
  const std::string name = variable->getName().empty() ? "element" : variable->getName().str();
  if (variable->getType()->isReferenceType()) {
    locals_[variable] = builder_.let(name, element);
  } else if (uses_.needs_object(variable) ||
             element->type->pointee_or_self()->is<ir::ArrayType>()) {
    locals_[variable] =
        builder_.var(name, element->type->pointee_or_self(), builder_.load(element));
  } else {
    locals_[variable] = builder_.let(name, builder_.load(element));
  }
  lower(stmt->getBody());
  builder_.set_block(&loop->continuing);
  builder_.store(builder_.ref(index), builder_.add(current(), builder_.integer(index_type, 1)));
  builder_.set_block(outer);
}

} // namespace ring::frontend
