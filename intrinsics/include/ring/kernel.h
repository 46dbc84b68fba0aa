// The device API of ringcc: everything a kernel may use beside the C++ language itself.
//
//   RING_GLOBAL(.block = {256})
//   void scale(ring::span<float> x, float a) {
//     const auto i = ring::global_id().x;
//     if (i < x.size()) x[i] *= a;
//   }
//
// The header is freestanding and small, because ringcc parses it for every kernel. Under ringcc
// (macro __RINGCC__) the functions are declarations whose annotation names a row of the intrinsic
// table; under any other compiler they have a host implementation, run by <ring/host.h>.
#pragma once

#include "ring/detail/annotations.h"
#include "ring/detail/types.h"

#include "ring/detail/ids.h"
#include "ring/detail/span.h"
#include "ring/detail/sync.h"

#include "ring/detail/atomic.h"
#include "ring/detail/math.h"
#include "ring/detail/warp.h"

#include "ring/protocol/context.h"

#ifndef __RINGCC__
#include "ring/detail/host_device.h"
#endif
