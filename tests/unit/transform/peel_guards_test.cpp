#include "ir/transform/peel_guards.h"

#include "pass_test.h"

namespace ring::ir::transform {
namespace {

TEST(PeelGuardsTest, TheLastThreadSpeaksForAll) {
  expect_pass(R"(module "m"
kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  for_each thread {
    let %i: u32 = global_id.x
    if (convert<u64>(%i) >= size(%y)) {
      continue
    }
    store %y[%i], %i
  }
}
)",
              R"(module "m"
kernel global k(%y: span<u32, read_write>) block(64, 1, 1) effects {
  if (!(convert<u64>(block_id.x * 64 + 63) >= size(%y))) {
    for_each thread {
      let %i: u32 = global_id.x
      store %y[%i], %i
    }
  } else {
    for_each thread {
      let %i.2: u32 = global_id.x
      if (convert<u64>(%i.2) >= size(%y)) {
        continue
      }
      store %y[%i.2], %i.2
    }
  }
}
)",
              peel_guards);
}

TEST(PeelGuardsTest, AGuardAroundTheRestInTwoDimensions) {
  expect_pass(R"(module "m"
kernel global k(%y: span<u32, read_write>, %nx: u32, %ny: u32) block(8, 4, 1) effects {
  for_each thread {
    let %i: u32 = block_id.x * 8 + thread_id.x
    let %j: u32 = global_id.y
    if (%i < %nx && %ny > %j) {
      store %y[%j * %nx + %i], 1
    }
  }
}
)",
              R"(module "m"
kernel global k(%y: span<u32, read_write>, %nx: u32, %ny: u32) block(8, 4, 1) effects {
  if (block_id.x * 8 + 7 < %nx && %ny > block_id.y * 4 + 3) {
    for_each thread {
      let %i: u32 = block_id.x * 8 + thread_id.x
      let %j: u32 = global_id.y
      store %y[%j * %nx + %i], 1
    }
  } else {
    for_each thread {
      let %i.2: u32 = block_id.x * 8 + thread_id.x
      let %j.2: u32 = global_id.y
      if (%i.2 < %nx && %ny > %j.2) {
        store %y[%j.2 * %nx + %i.2], 1
      }
    }
  }
}
)",
              peel_guards);
}

TEST(PeelGuardsTest, LeavesAloneWhatTheLastThreadCannotTell) {
  const std::string_view unchanged = R"(module "m"
kernel global k(%y: span<u32, read_write>, %n: u32, %m: u32) block(64, 1, 1) effects {
  for_each thread {
    let %wraps: u32 = global_id.x + %m
    if (%wraps >= %n) {
      continue
    }
    store %y[0], 1
  }
  for_each thread {
    if (thread_id.x % 2 == 0) {
      continue
    }
    store %y[1], 1
  }
  for_each thread {
    if (thread_id.x < %n) {
      continue
    }
    store %y[2], 1
  }
}
)";
  expect_pass(unchanged, unchanged, peel_guards);
}

} // namespace
} // namespace ring::ir::transform
