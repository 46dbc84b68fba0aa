// Expressions: pure trees. An expression node belongs to exactly one parent; passes change it in
// place. The only nodes with effects are Call (of a function with side effects) and Intrinsic (of a
// row with effects); those stand only at the root of a Let or an Eval statement.
#pragma once

#include "intrinsics/table.h"
#include "ir/loc.h"
#include "ir/type.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace ring::ir {

struct Expr;
struct Function;
struct Global;

/// A named value or object of one function. `param` and `let` are values and never change; `var` is
/// an object with an address. A Local is declared by exactly one Let, Var or parameter list.
struct Local {
  enum class Kind : std::uint8_t { param, let, var };
  Kind kind = Kind::let;
  std::string name;       // as the user wrote it; not unique, printers rename
  TypePtr type = nullptr; // a var of type T is referred to as ref<T, function>
  Loc loc;
};

enum class UnaryOp : std::uint8_t { negate, bit_not, logical_not };
enum class BinaryOp : std::uint8_t {
  add,
  sub,
  mul,
  div,
  rem,
  bit_and,
  bit_or,
  bit_xor,
  shl,
  shr, // logical on unsigned operands, arithmetic on signed ones
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
};
bool is_comparison(BinaryOp op);
/// The comparison that says the same with its operands exchanged: `a < b` is `b > a`.
BinaryOp mirrored(BinaryOp op);
std::string_view spelling(UnaryOp op);  // C++'s own: "-", "~", "!"
std::string_view spelling(BinaryOp op); // "+", "<<", "<=", ...

enum class LogicalOp : std::uint8_t { logical_and, logical_or };
using intrinsics::MemoryOrder;
using intrinsics::MemoryScope;
std::string_view name_of(MemoryOrder order);
std::string_view name_of(MemoryScope scope);

/// bool, any integer (its bits, zero-extended from its width) or any float (exact in a double).
struct Literal {
  std::variant<bool, std::uint64_t, double> value;
  /// What the source calls the constant, if it does: for printers, and without a meaning. Several
  /// constants may have one name. What is worked out anew has none.
  std::string name = {};
};
/// Of an integer.
inline std::uint64_t bits_of(const Literal& literal) {
  return std::get<std::uint64_t>(literal.value);
}
/// The value of a param or a let; a reference to a var.
struct LocalRef {
  Local* local;
};
/// A reference to a block-shared variable, a constant table, a storage buffer or the params block;
/// the value of a bound span.
struct GlobalRef {
  Global* global;
};
struct Unary {
  UnaryOp op;
  Expr* operand;
};
/// Both operands have one type, but the amount of a shift may have any integer type. Integer
/// arithmetic wraps.
struct Binary {
  BinaryOp op;
  Expr* lhs;
  Expr* rhs;
};
/// Evaluates rhs only if lhs does not decide.
struct Logical {
  LogicalOp op;
  Expr* lhs;
  Expr* rhs;
};
/// C++'s `?:`: evaluates only the chosen arm.
struct Select {
  Expr* condition;
  Expr* if_true;
  Expr* if_false;
};
/// A C++ conversion between bool, integers and floats (to bool: "is not zero"); or a reference,
/// pointer or span to the same under a weaker address space (generic) or another access.
struct Convert {
  Expr* operand;
};
/// The same bits under another type of the same size.
struct Bitcast {
  Expr* operand;
};
/// An element of an array or a vector: of a reference a reference, of a value a value.
struct Index {
  Expr* base;
  Expr* index; // any integer type
};
/// A field of a struct: of a reference a reference, of a value a value.
struct Member {
  Expr* base;
  std::uint32_t field;
};
/// Reads through a reference.
struct Load {
  Expr* reference;
};
/// ref<T> to ptr<T>.
struct AddressOf {
  Expr* reference;
};
/// ptr<T> to ref<T>.
struct Deref {
  Expr* pointer;
};
/// pointer + offset, in elements; the offset is a signed or unsigned integer.
struct PtrOffset {
  Expr* pointer;
  Expr* offset;
};
/// lhs - rhs in elements, an i64.
struct PtrDifference {
  Expr* lhs;
  Expr* rhs;
};
/// An element of a span, a ref<T, storage>; the index has any integer type.
struct SpanElement {
  Expr* span;
  Expr* index;
};
/// The number of elements, a u64.
struct SpanSize {
  Expr* span;
};
/// A pointer to the first element.
struct SpanData {
  Expr* span;
};
/// A span of `size` (a u64) elements from `pointer` on.
struct MakeSpan {
  Expr* pointer;
  Expr* size;
};
/// A struct, array or vector from all its elements in order; without elements the zero value of any
/// type (a null pointer included).
struct Construct {
  std::vector<Expr*> elements;
};
/// A row of the intrinsic table. Order and scope mean something only for rows that have them. An id
/// query (thread_id, global_id, ...) has one u32 literal operand: the axis, 0 to 2.
struct Intrinsic {
  intrinsics::Id id;
  std::vector<Expr*> operands;
  MemoryOrder order = MemoryOrder::relaxed;
  MemoryScope scope = MemoryScope::device;
};
struct Call {
  Function* callee;
  std::vector<Expr*> arguments;
};

struct Expr {
  TypePtr type = nullptr;
  Loc loc;
  std::variant<Literal, LocalRef, GlobalRef, Unary, Binary, Logical, Select, Convert, Bitcast,
               Index, Member, Load, AddressOf, Deref, PtrOffset, PtrDifference, SpanElement,
               SpanSize, SpanData, MakeSpan, Construct, Intrinsic, Call>
      node;

  template <class T> T* as() { return std::get_if<T>(&node); }
  template <class T> const T* as() const { return std::get_if<T>(&node); }
  template <class T> bool is() const { return std::holds_alternative<T>(node); }
};

} // namespace ring::ir
