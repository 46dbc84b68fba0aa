// What happens outside of a span (SEMANTICS.md). `clamp` reads the nearest element, or zero where
// there is none, and drops writes and atomics. `trap` writes down where it happened and stops the
// kernel; in a kernel with barriers, which all threads must reach, it goes on as with `clamp`.
//
//   store %y[%i], load(%x[%i])
//   becomes   if (%i < size(%y)) { store %y[%i], load(%x[min(%i, size(%x) - 1)]) }
//
// Bound spans are checked like parameters, but for the array of messages, whose indices the
// protocol makes. Comparisons that the source makes itself are seen and not made again. On targets
// without pointers run this between resolve-pointers and lower-params: then accesses through
// pointers and references are checked too. On targets with pointers run it first; a reference to an
// element is then checked where it is bound, and pointers are not checked.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

enum class BoundsPolicy : std::uint8_t { off, clamp, trap };

struct BoundsConfig {
  BoundsPolicy policy = BoundsPolicy::off;
  /// Sizes have 32 bits on the target, so a check needs no more.
  bool sizes_have_32_bits = false;
  /// Reading an element of an empty span does no harm on the target (and gives any value).
  bool robust_loads = false;
  /// `clamp` also for arrays of a fixed size.
  bool arrays = false;
};

/// With `trap` every kernel gets a last parameter `ring_trap`, a span of 8 u32: 0 state (1 claimed,
/// 2 written) · 1 line · 2, 3 index · 4, 5 size · 6 number of the kernel in the module · 7
/// reserved.
Status bounds(Module& module, const BoundsConfig& config);

} // namespace ring::ir::transform
