// Operations between the lanes of a warp, on 32- and 64-bit integers, float and double.
//
// All lanes that have not returned must call the same operation. A value read from a lane that does
// not exist or has returned is not defined on a device; the host gives the caller's own. A warp has
// at most 32 lanes.
#pragma once

#include "ring/detail/types.h"

namespace ring {

/// The value of lane `lane`.
template <detail::Word T> RING_DETAIL_INTRINSIC("shuffle") T shuffle(T value, std::uint32_t lane);
/// The value of lane lane_id() - delta.
template <detail::Word T> RING_DETAIL_INTRINSIC("shuffle_up")
T shuffle_up(T value, std::uint32_t delta);
/// The value of lane lane_id() + delta.
template <detail::Word T> RING_DETAIL_INTRINSIC("shuffle_down")
T shuffle_down(T value, std::uint32_t delta);
/// The value of lane lane_id() ^ mask.
template <detail::Word T> RING_DETAIL_INTRINSIC("shuffle_xor")
T shuffle_xor(T value, std::uint32_t mask);
/// The value of lane `lane`, which is the same for all lanes that call.
template <detail::Word T> RING_DETAIL_INTRINSIC("broadcast")
T broadcast(T value, std::uint32_t lane);

/// Bit n is set if lane n calls with true.
RING_DETAIL_INTRINSIC("ballot") std::uint32_t ballot(bool predicate);
RING_DETAIL_INTRINSIC("all") bool all(bool predicate);
RING_DETAIL_INTRINSIC("any") bool any(bool predicate);
/// True in the lowest lane that calls, false in the others.
RING_DETAIL_INTRINSIC("elect") bool elect();

/// Sum over the lanes that call. For float the order of the additions is not defined.
template <detail::Word T> RING_DETAIL_INTRINSIC("reduce_add") T reduce_add(T value);
template <detail::Word T> RING_DETAIL_INTRINSIC("reduce_min") T reduce_min(T value);
template <detail::Word T> RING_DETAIL_INTRINSIC("reduce_max") T reduce_max(T value);
template <detail::WordInteger T> RING_DETAIL_INTRINSIC("reduce_and") T reduce_and(T value);
template <detail::WordInteger T> RING_DETAIL_INTRINSIC("reduce_or") T reduce_or(T value);
template <detail::WordInteger T> RING_DETAIL_INTRINSIC("reduce_xor") T reduce_xor(T value);

} // namespace ring
