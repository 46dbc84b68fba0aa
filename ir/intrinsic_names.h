// What the intrinsic table says about a use of a row in an expression: names, and the types that
// the row's signature gives.
#pragma once

#include "ir/expr.h"

#include <optional>
#include <string>
#include <string_view>

namespace ring::ir {

std::string_view name_of(intrinsics::Id id);
std::optional<intrinsics::Id> find_intrinsic(std::string_view name);
/// thread_id, global_id, ...: one operand, the axis, written `thread_id.x`.
bool has_axis(intrinsics::Id id);

/// The order and the scope that a row has where nothing is said.
MemoryOrder default_order(intrinsics::Id id);
MemoryScope default_scope(intrinsics::Id id);
/// Whether its uses may say another order and scope; those of all other rows mean nothing.
bool has_order_scope(intrinsics::Id id);

/// What is wrong with the operands under the row's signature; empty if nothing is.
std::string check_operands(const Intrinsic& intrinsic);
/// The result type under the row's signature. Null if the operands do not tell.
TypePtr result_type(const Intrinsic& intrinsic, TypeTable& types);
/// The type of operand `index` as the signature and the operands before it tell; null where they do
/// not. The text form leaves such a type out of a literal.
TypePtr operand_type(const Intrinsic& intrinsic, std::size_t index, TypeTable& types);

} // namespace ring::ir
