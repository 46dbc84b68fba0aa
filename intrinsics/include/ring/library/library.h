// All that passes may link into a module: ringcc lowers this header once, when it is built.
#pragma once

#include "ring/library/atomic.h"
#include "ring/library/bits.h"
#include "ring/library/int64.h"
#include "ring/library/math.h"
#include "ring/library/select.h"
#include "ring/library/sync.h"
#include "ring/library/warp.h"
