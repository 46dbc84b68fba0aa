// The protocol as the host compiles it: what device code gets from <ring/kernel.h>, without the
// annotations of kernels.
#pragma once

#include "ring/detail/types.h"

#include "ring/detail/ids.h"
#include "ring/detail/span.h"
#include "ring/detail/sync.h"

#include "ring/detail/atomic.h"
#include "ring/detail/math.h"
#include "ring/detail/warp.h"

#include "ring/detail/host_device.h"

#include "ring/protocol/step.h"
