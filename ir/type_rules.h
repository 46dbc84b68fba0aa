// The typing rules of expressions, in one place: the parser takes the types that the text leaves
// out from here, and the verifier compares.
#pragma once

#include "ir/module.h"

#include <string>

namespace ring::ir {

/// The type of an expression, or what is wrong with it (then the type is null).
struct Typing {
  TypePtr type = nullptr;
  std::string problem;
};

/// The type that follows from the node and the types of its operands, which must be set. Literal,
/// Convert, Bitcast, MakeSpan and Construct choose their own: for them it is `expr.type`, if that
/// is one they may have.
Typing type_of(const Expr& expr, TypeTable& types);

/// Whether a value of type `from` may stand where `to` is asked for: the same type, or a reference,
/// pointer or span that gives up its address space (to generic) or its right to write.
bool assignable(TypePtr from, TypePtr to);

/// What indexing an array or vector gives; null for anything else.
TypePtr element_of(TypePtr aggregate);
/// The type of the nth element of a construct of this type; null past the end.
TypePtr construct_element(TypePtr aggregate, std::size_t index);
/// How many elements a construct of this type has; 0 for what is no aggregate.
std::uint64_t construct_count(TypePtr aggregate);

} // namespace ring::ir
