#include "ir/builder.h"

#include <cassert>

namespace ring::ir {
namespace {

/// What indexing an array, vector or something like it gives.
TypePtr element_type(TypePtr aggregate) {
  if (const auto* array = aggregate->as<ArrayType>()) return array->element;
  if (const auto* vector = aggregate->as<VectorType>()) return vector->element;
  assert(false && "index into something that has no elements");
  return nullptr;
}

} // namespace

std::uint64_t truncate_bits(std::uint64_t bits, Scalar kind) {
  const unsigned width = bit_width(kind);
  return width >= 64 ? bits : bits & ((std::uint64_t{1} << width) - 1);
}

Expr* Builder::boolean(bool value) { return make(types().boolean(), Literal{value}); }

Expr* Builder::integer(TypePtr type, std::uint64_t bits) {
  return make(type, Literal{truncate_bits(bits, type->as<ScalarType>()->kind)});
}

Expr* Builder::u32(std::uint32_t value, std::string name) {
  return make(types().u32(), Literal{std::uint64_t{value}, std::move(name)});
}

Expr* Builder::floating(TypePtr type, double value) { return make(type, Literal{value}); }

Expr* Builder::zero(TypePtr type) {
  if (type->is_bool()) return boolean(false);
  if (type->is_integer()) return integer(type, 0);
  if (type->is_float()) return floating(type, 0.0);
  return make(type, Construct{});
}

Expr* Builder::construct(TypePtr type, std::vector<Expr*> elements) {
  return make(type, Construct{std::move(elements)});
}

Expr* Builder::ref(Local* local) {
  const bool is_object = local->kind == Local::Kind::var;
  return make(is_object ? types().ref(local->type, AddressSpace::function) : local->type,
              LocalRef{local});
}

Expr* Builder::ref(Global* global) {
  if (global->space == AddressSpace::launch) return make(global->type, GlobalRef{global});
  return make(types().ref(global->type, global->space, global->access), GlobalRef{global});
}

Expr* Builder::unary(UnaryOp op, Expr* operand) { return make(operand->type, Unary{op, operand}); }

Expr* Builder::binary(BinaryOp op, Expr* lhs, Expr* rhs) {
  return make(is_comparison(op) ? types().boolean() : lhs->type, Binary{op, lhs, rhs});
}

Expr* Builder::logical(LogicalOp op, Expr* lhs, Expr* rhs) {
  return make(types().boolean(), Logical{op, lhs, rhs});
}

Expr* Builder::select(Expr* condition, Expr* if_true, Expr* if_false) {
  return make(if_true->type, Select{condition, if_true, if_false});
}

Expr* Builder::convert(TypePtr type, Expr* operand) {
  return operand->type == type ? operand : make(type, Convert{operand});
}

Expr* Builder::bitcast(TypePtr type, Expr* operand) {
  return operand->type == type ? operand : make(type, Bitcast{operand});
}

Expr* Builder::index(Expr* base, Expr* index) {
  if (const auto* ref = base->type->as<RefType>()) {
    return make(types().ref(element_type(ref->pointee), ref->space, ref->access),
                Index{base, index});
  }
  return make(element_type(base->type), Index{base, index});
}

Expr* Builder::member(Expr* base, std::uint32_t field) {
  const StructDecl* decl = base->type->pointee_or_self()->as<StructType>()->decl;
  TypePtr type = decl->fields[field].type;
  if (const auto* ref = base->type->as<RefType>())
    type = types().ref(type, ref->space, ref->access);
  return make(type, Member{base, field});
}

Expr* Builder::load(Expr* reference) {
  return make(reference->type->as<RefType>()->pointee, Load{reference});
}

Expr* Builder::address_of(Expr* reference) {
  const auto* ref = reference->type->as<RefType>();
  return make(types().ptr(ref->pointee, ref->space, ref->access), AddressOf{reference});
}

Expr* Builder::deref(Expr* pointer) {
  const auto* ptr = pointer->type->as<PtrType>();
  return make(types().ref(ptr->pointee, ptr->space, ptr->access), Deref{pointer});
}

Expr* Builder::ptr_offset(Expr* pointer, Expr* offset) {
  return make(pointer->type, PtrOffset{pointer, offset});
}

Expr* Builder::ptr_difference(Expr* lhs, Expr* rhs) {
  return make(types().i64(), PtrDifference{lhs, rhs});
}

Expr* Builder::span_element(Expr* span, Expr* index) {
  const auto* type = span->type->as<SpanType>();
  return make(types().ref(type->element, AddressSpace::storage, type->access),
              SpanElement{span, index});
}

Expr* Builder::span_size(Expr* span) { return make(types().u64(), SpanSize{span}); }

Expr* Builder::span_data(Expr* span) {
  const auto* type = span->type->as<SpanType>();
  return make(types().ptr(type->element, AddressSpace::storage, type->access), SpanData{span});
}

Expr* Builder::make_span(Expr* pointer, Expr* size, Access access) {
  return make(types().span(pointer->type->as<PtrType>()->pointee, access), MakeSpan{pointer, size});
}

Expr* Builder::intrinsic(TypePtr type, intrinsics::Id id, std::vector<Expr*> operands,
                         MemoryOrder order, MemoryScope scope) {
  return make(type, Intrinsic{id, std::move(operands), order, scope});
}

Expr* Builder::call(Function* callee, std::vector<Expr*> arguments) {
  return make(callee->result, Call{callee, std::move(arguments)});
}

Stmt* Builder::append(Stmt* stmt) {
  block_->statements.push_back(stmt);
  return stmt;
}

Local* Builder::let(std::string name, Expr* init) {
  Local* local = module_.local(Local::Kind::let, std::move(name), init->type, loc_);
  append(Let{local, init});
  return local;
}

Local* Builder::var(std::string name, TypePtr type, Expr* init) {
  Local* local = module_.local(Local::Kind::var, std::move(name), type, loc_);
  append(Var{local, init});
  return local;
}

void Builder::store(Expr* reference, Expr* value) { append(Store{reference, value}); }
void Builder::eval(Expr* value) { append(Eval{value}); }
If* Builder::if_(Expr* condition) { return append(If{condition, {}, {}})->as<If>(); }
Loop* Builder::loop(Expr* condition) {
  return append(Loop{condition, {}, {}, nullptr})->as<Loop>();
}
void Builder::break_() { append(Break{}); }
void Builder::continue_() { append(Continue{}); }
void Builder::return_(Expr* value) { append(Return{value}); }

} // namespace ring::ir
