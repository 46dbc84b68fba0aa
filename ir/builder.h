// Makes expressions and statements with their types worked out. A Builder writes statements at the
// end of its current block and stamps everything with its current location.
//
//   Builder b(module);
//   b.set_block(&function.body);
//   Local* i = b.let("i", b.global_id(0));
//   b.store(b.span_element(b.ref(y), b.ref(i)), b.mul(b.ref(a), b.ref(i)));
#pragma once

#include "ir/module.h"

#include <string>
#include <vector>

namespace ring::ir {

class Builder {
public:
  explicit Builder(Module& module) : module_(module) {}

  Module& module() { return module_; }
  TypeTable& types() { return module_.types; }

  void set_loc(Loc loc) { loc_ = loc; }
  Loc loc() const { return loc_; }
  /// Where the next statements go.
  void set_block(Block* block) { block_ = block; }
  Block* block() { return block_; }

  // Values.
  Expr* boolean(bool value);
  Expr* integer(TypePtr type, std::uint64_t bits); // truncated to the type's width
  Expr* u32(std::uint32_t value) { return integer(types().u32(), value); }
  Expr* u32(std::uint32_t value, std::string name); // a constant of that name
  Expr* floating(TypePtr type, double value);
  Expr* zero(TypePtr type); // the zero value of any type
  Expr* construct(TypePtr type, std::vector<Expr*> elements);
  /// A param's or let's value; a reference to a var.
  Expr* ref(Local* local);
  Expr* ref(Global* global);
  Expr* unary(UnaryOp op, Expr* operand);
  Expr* binary(BinaryOp op, Expr* lhs, Expr* rhs); // comparisons give bool
  Expr* logical(LogicalOp op, Expr* lhs, Expr* rhs);
  Expr* select(Expr* condition, Expr* if_true, Expr* if_false);
  Expr* convert(TypePtr type, Expr* operand); // the operand itself where the types are equal
  Expr* bitcast(TypePtr type, Expr* operand);
  Expr* add(Expr* lhs, Expr* rhs) { return binary(BinaryOp::add, lhs, rhs); }
  Expr* sub(Expr* lhs, Expr* rhs) { return binary(BinaryOp::sub, lhs, rhs); }
  Expr* mul(Expr* lhs, Expr* rhs) { return binary(BinaryOp::mul, lhs, rhs); }

  // Objects.
  Expr* index(Expr* base, Expr* index);
  Expr* member(Expr* base, std::uint32_t field);
  Expr* load(Expr* reference);
  /// load(value) if it is a reference, the value itself otherwise.
  Expr* rvalue(Expr* value) { return value->type->is<RefType>() ? load(value) : value; }
  Expr* address_of(Expr* reference);
  Expr* deref(Expr* pointer);
  Expr* ptr_offset(Expr* pointer, Expr* offset);
  Expr* ptr_difference(Expr* lhs, Expr* rhs);
  Expr* span_element(Expr* span, Expr* index);
  Expr* span_size(Expr* span);
  Expr* span_data(Expr* span);
  Expr* make_span(Expr* pointer, Expr* size, Access access);

  Expr* intrinsic(TypePtr type, intrinsics::Id id, std::vector<Expr*> operands,
                  MemoryOrder order = MemoryOrder::relaxed,
                  MemoryScope scope = MemoryScope::device);
  Expr* call(Function* callee, std::vector<Expr*> arguments);

  // Statements, appended to the current block.
  Stmt* append(Stmt* stmt);
  template <class Node> Stmt* append(Node node) {
    return append(module_.stmt(std::move(node), loc_));
  }
  Local* let(std::string name, Expr* init);
  Local* var(std::string name, TypePtr type, Expr* init = nullptr);
  void store(Expr* reference, Expr* value);
  void eval(Expr* value);
  /// The new statement; fill its blocks through as<If>() and so on.
  If* if_(Expr* condition);
  Loop* loop(Expr* condition = nullptr);
  void break_();
  void continue_();
  void return_(Expr* value = nullptr);

private:
  template <class Node> Expr* make(TypePtr type, Node node) {
    return module_.expr(type, std::move(node), loc_);
  }

  Module& module_;
  Block* block_ = nullptr;
  Loc loc_;
};

/// Truncates to the low `bit_width(kind)` bits.
std::uint64_t truncate_bits(std::uint64_t bits, Scalar kind);

} // namespace ring::ir
