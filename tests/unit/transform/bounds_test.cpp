#include "ir/transform/bounds.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status clamp(Module& module) {
  return bounds(module, {.policy = BoundsPolicy::clamp,
                         .sizes_have_32_bits = true,
                         .robust_loads = true,
                         .arrays = true});
}
Status clamp_strictly(Module& module) { return bounds(module, {.policy = BoundsPolicy::clamp}); }
Status trap(Module& module) { return bounds(module, {.policy = BoundsPolicy::trap}); }

TEST(Bounds, ClampReadsTheNearestAndDropsWrites) {
  expect_pass(
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>) block(64, 1, 1) effects {
  let %i: u32 = global_id.x
  store %y[convert<u64>(%i)], load(%x[convert<u64>(%i + 1)])
}
)",
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>) block(64, 1, 1) effects {
  let %i: u32 = global_id.x
  if (%i < convert<u32>(size(%y))) {
    store %y[convert<u64>(%i)], load(%x[min(%i + 1, convert<u32>(size(%x)) - 1)])
  }
}
)",
      clamp);
}

TEST(Bounds, GuardsOfTheSourceAreEnough) {
  expect_pass(
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>, %n: u32) block(64, 1, 1) effects {
  let %i: u32 = global_id.x
  if (convert<u64>(%i) >= size(%y)) {
    return
  }
  store %y[convert<u64>(%i)], load(%y[convert<u64>(%i)])
  var %j: u64 = 0
  loop while (load(%j) < size(%x)) {
    store %y[convert<u64>(%i)], load(%x[load(%j)])
  } continuing {
    store %j, load(%j) + 1
    store %y[0], load(%x[load(%j)])
  }
  if (%n < 3 && convert<u64>(%n) < size(%x) && load(%x[convert<u64>(%n)]) == 0.0) {
    store %y[convert<u64>(%n)], 1.0
  }
}
)",
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>, %n: u32) block(64, 1, 1) effects {
  let %i: u32 = global_id.x
  if (convert<u64>(%i) >= size(%y)) {
    return
  }
  store %y[convert<u64>(%i)], load(%y[convert<u64>(%i)])
  var %j: u64 = 0
  loop while (load(%j) < size(%x)) {
    store %y[convert<u64>(%i)], load(%x[load(%j)])
  } continuing {
    store %j, load(%j) + 1
    if (0u32 < convert<u32>(size(%y))) {
      store %y[0], load(%x[min(load(%j), size(%x) - 1)])
    }
  }
  if (%n < 3 && convert<u64>(%n) < size(%x) && load(%x[convert<u64>(%n)]) == 0.0) {
    if (%n < convert<u32>(size(%y))) {
      store %y[convert<u64>(%n)], 1.0
    }
  }
}
)",
      clamp);
}

TEST(Bounds, SizesThatHaveAName) {
  expect_pass(
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>) block(64, 1, 1) effects {
  let %n: u32 = convert<u32>(size(%x))
  var %i: u32 = global_id.x
  loop while (load(%i) < %n) {
    store %y[load(%i)], load(%x[load(%i)])
  } continuing {
    store %i, load(%i) + 64
  }
}
)",
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>) block(64, 1, 1) effects {
  let %n: u32 = convert<u32>(size(%x))
  var %i: u32 = global_id.x
  loop while (load(%i) < %n) {
    if (load(%i) < convert<u32>(size(%y))) {
      store %y[load(%i)], load(%x[load(%i)])
    }
  } continuing {
    store %i, load(%i) + 64
  }
}
)",
      clamp);
}

TEST(Bounds, AtomicsOutsideDoNotHappen) {
  expect_pass(
      kHead + R"(kernel global k(%y: span<u32, read_write>, %n: u64) block(64, 1, 1) effects {
  let %old: u32 = atomic_add(%y[%n], 1)
  eval atomic_add(%y[%n * 2], %old)
}
)",
      kHead + R"(kernel global k(%y: span<u32, read_write>, %n: u64) block(64, 1, 1) effects {
  var %old: u32 = 0
  if (%n < size(%y)) {
    let %old.2: u32 = atomic_add(%y[%n], 1)
    store %old, %old.2
  }
  let %old.3: u32 = load(%old)
  let %index: u64 = %n * 2
  if (%index < size(%y)) {
    eval atomic_add(%y[%index], %old.3)
  }
}
)",
      clamp);
}

TEST(Bounds, ArraysWithIndicesThatMayBeOutside) {
  expect_pass(kHead + R"(shared @tile: array<array<f32, 16>, 16>

kernel global k(%i: i32, %j: u32) block(64, 1, 1) effects {
  store @tile[%i][%j & 15], load(@tile[3][%j])
}
)",
              kHead + R"(shared @tile: array<array<f32, 16>, 16>

kernel global k(%i: i32, %j: u32) block(64, 1, 1) effects {
  if (convert<u32>(%i) < 16) {
    store @tile[%i][%j & 15], load(@tile[3][min(%j, 16 - 1)])
  }
}
)",
              clamp);
}

TEST(Bounds, EmptySpansReadAsZero) {
  expect_pass(
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>, %i: u64) block(64, 1, 1) effects {
  store %y[0], load(%x[%i])
}
)",
      kHead +
          R"(kernel global k(%x: span<f32, read>, %y: span<f32, read_write>, %i: u64) block(64, 1, 1) effects {
  if (0u64 < size(%y)) {
    store %y[0], size(%x) == 0 ? 0.0 : load(%x[min(%i, size(%x) - 1)])
  }
}
)",
      clamp_strictly);
}

// What is not evaluated is not checked.
TEST(Bounds, TrapReportsAndStops) {
  expect_pass(
      kHead + R"(kernel global first(%x: span<f32, read>) block(64, 1, 1) {
}

kernel global second(%x: span<f32, read>, %y: span<f32, read_write>, %i: u64) block(64, 1, 1) effects {
  store %y[0], %i < 3 ? load(%x[%i]) : 0.0 !5:3
}
)",
      kHead +
          R"(kernel global first(%x: span<f32, read>, %ring_trap: span<u32, read_write>) block(64, 1, 1) effects {
}

kernel global second(
    %x: span<f32, read>,
    %y: span<f32, read_write>,
    %i: u64,
    %ring_trap: span<u32, read_write>) block(64, 1, 1) effects {
  var %value: f32 !5:3
  if (%i < 3) !5:3 {
    if (%i >= size(%x)) !5:3 {
      let %state: u32 = atomic_cas(%ring_trap[0u32], 0, 1) !5:3
      if (%state == 0) !5:3 {
        eval atomic_store(%ring_trap[1u32], 5) !5:3
        eval atomic_store(%ring_trap[2u32], convert<u32>(%i)) !5:3
        eval atomic_store(%ring_trap[3u32], convert<u32>(%i >> 32u32)) !5:3
        eval atomic_store(%ring_trap[4u32], convert<u32>(size(%x))) !5:3
        eval atomic_store(%ring_trap[5u32], convert<u32>(size(%x) >> 32u32)) !5:3
        eval atomic_store(%ring_trap[6u32], 1) !5:3
        eval atomic_store<release, device>(%ring_trap[0u32], 2) !5:3
      }
      return !5:3
    }
    let %value.2: f32 = load(%x[%i]) !5:3
    store %value, %value.2 !5:3
  } else {
    store %value, 0.0 !5:3
  }
  if (0u64 >= size(%y)) !5:3 {
    let %state.2: u32 = atomic_cas(%ring_trap[0u32], 0, 1) !5:3
    if (%state.2 == 0) !5:3 {
      eval atomic_store(%ring_trap[1u32], 5) !5:3
      eval atomic_store(%ring_trap[2u32], convert<u32>(0u64)) !5:3
      eval atomic_store(%ring_trap[3u32], convert<u32>(0u64 >> 32u32)) !5:3
      eval atomic_store(%ring_trap[4u32], convert<u32>(size(%y))) !5:3
      eval atomic_store(%ring_trap[5u32], convert<u32>(size(%y) >> 32u32)) !5:3
      eval atomic_store(%ring_trap[6u32], 1) !5:3
      eval atomic_store<release, device>(%ring_trap[0u32], 2) !5:3
    }
    return !5:3
  }
  store %y[0], load(%value) !5:3
}
)",
      trap);
}

TEST(Bounds, TrapGoesOnToTheBarrier) {
  expect_pass(kHead +
                  R"(kernel global k(%x: span<f32, read_write>, %i: u64) block(64, 1, 1) effects {
  store %x[%i], 1.0 !4:3
  eval barrier()
}
)",
              kHead + R"(kernel global k(
    %x: span<f32, read_write>,
    %i: u64,
    %ring_trap: span<u32, read_write>) block(64, 1, 1) effects {
  if (%i >= size(%x)) !4:3 {
    let %state: u32 = atomic_cas(%ring_trap[0u32], 0, 1) !4:3
    if (%state == 0) !4:3 {
      eval atomic_store(%ring_trap[1u32], 4) !4:3
      eval atomic_store(%ring_trap[2u32], convert<u32>(%i)) !4:3
      eval atomic_store(%ring_trap[3u32], convert<u32>(%i >> 32u32)) !4:3
      eval atomic_store(%ring_trap[4u32], convert<u32>(size(%x))) !4:3
      eval atomic_store(%ring_trap[5u32], convert<u32>(size(%x) >> 32u32)) !4:3
      eval atomic_store(%ring_trap[6u32], 0) !4:3
      eval atomic_store<release, device>(%ring_trap[0u32], 2) !4:3
    }
  }
  if (%i < size(%x)) !4:3 {
    store %x[%i], 1.0 !4:3
  }
  eval barrier()
}
)",
              trap);
}

TEST(Bounds, BoundSpansAreCheckedButNotTheMessages) {
  BoundsConfig clamp;
  clamp.policy = BoundsPolicy::clamp;
  expect_pass(R"(module "m"

bound @words: span<u32, read_write>
bound @rows: span<f32, read_write>

function f(%i: u32) effects {
  store @words[%i], load(@words[%i + 1])
  if (convert<u64>(%i) < size(@rows)) {
    store @rows[%i], 1.0
  }
  store @rows[%i], 2.0
}
)",
              R"(module "m"

bound @words: span<u32, read_write>
bound @rows: span<f32, read_write>

function f(%i: u32) effects {
  store @words[%i], load(@words[%i + 1])
  if (convert<u64>(%i) < size(@rows)) {
    store @rows[%i], 1.0
  }
  if (convert<u64>(%i) < size(@rows)) {
    store @rows[%i], 2.0
  }
}
)",
              [&](Module& module) { return bounds(module, clamp); });
}

TEST(Bounds, TrapLeavesFunctionsAloneThatOnlyMoveMessages) {
  BoundsConfig trap;
  trap.policy = BoundsPolicy::trap;
  const std::string after = run_pass(R"(module "m"

bound @words: span<u32, read_write>
bound @rows: span<f32, read_write>

function move(%i: u32) effects {
  store @words[%i], load(@words[%i + 1])
}

function row(%i: u32) effects {
  store @rows[%i], 1.0
}

kernel global k() block(1, 1, 1) effects {
  eval @move(1)
  eval @row(2)
}
)",
                                     [&](Module& module) { return bounds(module, trap); });
  EXPECT_NE(after.find("function move(%i: u32)"), std::string::npos) << after;
  EXPECT_EQ(after.find("function row("), std::string::npos) << after;
  EXPECT_NE(after.find("if (2u64 >= size(@rows))"), std::string::npos) << after;
}

} // namespace
} // namespace ring::ir::transform
