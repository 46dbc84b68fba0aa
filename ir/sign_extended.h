#pragma once

#include "ir/type.h"

#include <cstdint>

namespace ring::ir {

/// The value of a signed integer of that kind, of which a literal holds the bits.
inline std::int64_t sign_extended(std::uint64_t bits, Scalar kind) {
  const unsigned unused = 64 - bit_width(kind);
  return static_cast<std::int64_t>(bits << unused) >> unused;
}

} // namespace ring::ir
