#include "ir/transform/split_barriers.h"

#include "pass_test.h"

namespace ring::ir::transform {
namespace {

Status split(Module& module) { return split_barriers(module, {}); }

TEST(SplitBarriersTest, AKernelWithoutBarriersIsOneLoop) {
  expect_pass(R"(module "m"
kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  let %i: u32 = global_id.x
  if (%i > 9) {
    return
  }
  store %y[%i], %i
}
)",
              R"(module "m"
kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  for_each thread {
    let %i: u32 = global_id.x
    if (%i > 9) {
      continue
    }
    store %y[%i], %i
  }
}
)",
              split);
}

TEST(SplitBarriersTest, AJumpOfSomeThreadsTakesAFlag) {
  // Beside a break that all take, and in a switch that all enter.
  expect_pass(R"(module "m"
kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  loop {
    eval barrier()
    if (%n > 1) {
      if (%n == 2) {
        break
      }
      if (load(%y[thread_id.x]) == 3) {
        continue
      }
      store %y[thread_id.x], 4
    }
    store %y[thread_id.x], 5
  }
  switch (%n) {
    case 1 {
      eval barrier()
      if (load(%y[thread_id.x]) == 6) {
        break
      }
      store %y[thread_id.x], 7
    }
    default {
    }
  }
}
)",
              R"(module "m"
kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  var %skips: array<bool, 64>
  loop {
    for_each thread {
      store %skips[thread_id.x], false
    }
    if (%n > 1) {
      if (%n == 2) {
        break
      }
      for_each thread {
        if (load(%y[thread_id.x]) == 3) {
          store %skips[thread_id.x], true
        }
        if (!load(%skips[thread_id.x])) {
          store %y[thread_id.x], 4
        }
      }
    }
    for_each thread {
      if (!load(%skips[thread_id.x])) {
        store %y[thread_id.x], 5
      }
    }
  }
  switch (%n) {
    case 1 {
      for_each thread {
        var %skips.2: bool = false
        if (load(%y[thread_id.x]) == 6) {
          store %skips.2, true
        }
        if (!load(%skips.2)) {
          store %y[thread_id.x], 7
        }
      }
    }
    default {
    }
  }
}
)",
              split);
}

TEST(SplitBarriersTest, AReturnOutOfALoopTakesAFlag) {
  expect_pass(R"(module "m"
kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  loop {
    if (load(%y[0]) == 1) {
      return
    }
  }
  store %y[1], 2
}
)",
              R"(module "m"
kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  for_each thread {
    var %returned: bool = false
    loop {
      if (load(%y[0]) == 1) {
        store %returned, true
        break
      }
    }
    if (load(%returned)) {
      continue
    }
    store %y[1], 2
  }
}
)",
              split);
}

TEST(SplitBarriersTest, ValuesAcrossABarrierAreKeptOrComputedAgain) {
  expect_pass(R"(module "m"
kernel global k(%y: span<u32, read_write>) block(8, 4, 1) effects {
  let %t: u32 = thread_id.y * 8 + thread_id.x
  let %kept: u32 = load(%y[%t])
  let %local: u32 = %kept + 1
  store %y[%t], %local
  eval barrier()
  store %y[%t + 1], %kept
}
)",
              R"(module "m"
kernel global k(%y: span<u32, read_write>) block(8, 4, 1) effects {
  var %kept: array<u32, 32>
  for_each thread {
    let %thread: u32 = thread_id.y * 8 + thread_id.x
    let %t: u32 = thread_id.y * 8 + thread_id.x
    store %kept[%thread], load(%y[%t])
    let %local: u32 = load(%kept[%thread]) + 1
    store %y[%t], %local
  }
  for_each thread {
    let %thread.2: u32 = thread_id.y * 8 + thread_id.x
    let %t.2: u32 = thread_id.y * 8 + thread_id.x
    store %y[%t.2 + 1], load(%kept[%thread.2])
  }
}
)",
              split);
}

TEST(SplitBarriersTest, UniformLoopsStayOutsideWithAScalarCounter) {
  expect_pass(R"(module "m"
shared @tile: array<u32, 64>
kernel global k(%n: u32) block(64, 1, 1) effects {
  let %half: u32 = %n / 2
  var %i: u32 = 0
  loop while (load(%i) < %half) {
    store @tile[thread_id.x], load(%i)
    eval barrier()
    if (load(@tile[0]) == 3) {
      break
    }
  } continuing {
    store %i, load(%i) + 1
  }
}
)",
              R"(module "m"
shared @tile: array<u32, 64>
kernel global k(%n: u32) block(64, 1, 1) effects {
  let %half: u32 = %n / 2
  var %i: u32 = 0
  loop while (load(%i) < %half) {
    for_each thread {
      store @tile[thread_id.x], load(%i)
    }
    if (load(@tile[0]) == 3) {
      break
    }
  } continuing {
    store %i, load(%i) + 1
  }
}
)",
              split);
}

TEST(SplitBarriersTest, WarpOperationsBecomeLoopsOverLanes) {
  expect_pass(R"(module "m"
kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  let %v: u32 = load(%y[thread_id.x])
  let %sum: u32 = reduce_add(%v)
  store %y[thread_id.x], %sum
}
)",
              R"(module "m"
kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  for_each warp {
    var %values: array<u32, 32>
    for_each lane {
      let %v: u32 = load(%y[thread_id.x])
      store %values[lane_id()], %v
    }
    var %total: u32 = load(%values[0u32])
    for_each lane {
      if (lane_id() != 0) {
        store %total, load(%total) + load(%values[lane_id()])
      }
    }
    let %sum: u32 = load(%total)
    for_each lane {
      store %y[thread_id.x], %sum
    }
  }
}
)",
              split);
}

} // namespace
} // namespace ring::ir::transform
