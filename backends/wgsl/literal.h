// WGSL's literals, each with the suffix of its type, exact.
#pragma once

#include "backends/common/c_text.h"
#include "ir/expr.h"

#include <string>

namespace ring::backends::wgsl {

/// `3u`, `-7i`, `i32(-2147483648)`, `0.1f`, `true`. Not for infinities and NaNs, for which WGSL has
/// no constant at all.
CText literal(ir::TypePtr type, const ir::Literal& literal);

/// Whether the literal is an infinity or a NaN; `bits` are those of an f32.
bool is_special(ir::TypePtr type, const ir::Literal& literal);
std::uint32_t special_bits(const ir::Literal& literal);

} // namespace ring::backends::wgsl
