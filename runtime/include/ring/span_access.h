// How code uses the elements of a span that it is given.
#pragma once

#include <cstdint>

namespace ring {

enum class SpanAccess : std::uint8_t { none, read, read_write }; // none: not a span

} // namespace ring
