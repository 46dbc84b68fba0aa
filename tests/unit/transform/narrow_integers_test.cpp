#include "ir/transform/narrow_integers.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status narrow(Module& module) { return narrow_integers(module); }

TEST(NarrowIntegers, GuardAndIndex) {
  expect_pass(kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %i: u64 = convert<u64>(global_id.x)
  if (%i >= convert<u64>(load(@params.x_size))) {
    return
  }
  store @x[%i], load(@x[%i + 1]) + convert<f32>(%i)
}
)",
              kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %i: u32 = global_id.x
  if (%i >= load(@params.x_size)) {
    return
  }
  store @x[%i], load(@x[%i + 1]) + convert<f32>(%i)
}
)",
              narrow);
}

TEST(NarrowIntegers, SignedIndexAgainstAnUnsignedSize) {
  expect_pass(kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %i: i32 = convert<i32>(global_id.x) - 4
  if (convert<u64>(%i) >= convert<u64>(load(@params.x_size))) {
    return
  }
  store @x[convert<u64>(%i)], 1.0
}
)",
              kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %i: i32 = convert<i32>(global_id.x) - 4
  if (%i < 0 || convert<u32>(%i) >= load(@params.x_size)) {
    return
  }
  store @x[%i], 1.0
}
)",
              narrow);
}

// The condition keeps what is added to below the bound.
TEST(NarrowIntegers, LoopOverASize) {
  expect_pass(kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  var %i: u64 = 0
  loop while (load(%i) < convert<u64>(load(@params.x_size))) {
    store @x[load(%i)], 1.0
  } continuing {
    store %i, load(%i) + 1
  }
}
)",
              kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  var %i: u32 = 0
  loop while (load(%i) < load(@params.x_size)) {
    store @x[load(%i)], 1.0
  } continuing {
    store %i, load(%i) + 1
  }
}
)",
              narrow);
}

TEST(NarrowIntegers, LoopThatMayPassTheLimitStays) {
  expect_pass(kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  var %i: u64 = 0
  loop while (load(%i) < load(@params.n)) {
    store @u[0], load(%i)
  } continuing {
    store %i, load(%i) + 1
  }
}
)",
              kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  var %i: u64 = 0
  loop while (load(%i) < load(@params.n)) {
    store @u[0], load(%i)
  } continuing {
    store %i, load(%i) + 1
  }
}
)",
              narrow);
}

// Index arithmetic in 64 bits; the sum is also truncated.
TEST(NarrowIntegers, OnlyTheLowerHalfIsAskedFor) {
  expect_pass(kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %n: u64 = load(@params.n)
  let %row: u64 = convert<u64>(global_id.y) * %n
  let %at: u64 = %row + convert<u64>(global_id.x) - 1
  store @x[%at], convert<f32>(convert<u32>((%at ^ %row) << 3))
}
)",
              kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %n: u32 = convert<u32>(load(@params.n))
  let %row: u32 = global_id.y * %n
  let %at: u32 = %row + global_id.x - 1
  store @x[%at], convert<f32>((%at ^ %row) << 3)
}
)",
              narrow);
}

TEST(NarrowIntegers, WhatIsStoredStaysWhole) {
  expect_pass(kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %sum: u64 = convert<u64>(global_id.x) + load(@u[0])
  let %half: u64 = convert<u64>(global_id.x) / 2
  store @u[1], %sum
  store @u[2], %half % 16
  store @u[3], load(@u[4]) >> %half
  store @x[0], convert<f32>(%sum)
}
)",
              kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %sum: u64 = convert<u64>(global_id.x) + load(@u[0])
  let %half: u32 = global_id.x / 2
  store @u[1], %sum
  store @u[2], convert<u64>(%half % 16)
  store @u[3], load(@u[4]) >> %half
  store @x[0], convert<f32>(%sum)
}
)",
              narrow);
}

TEST(NarrowIntegers, SignExtendedValuesCompareAsSigned) {
  expect_pass(kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %a: i64 = convert<i64>(convert<i32>(global_id.x))
  var %b: i64 = -1
  if (%a < load(%b)) {
    store %b, %a
  }
  if (load(%b) == 3) {
    store @x[%a], convert<f32>(load(%b))
  }
}
)",
              kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %a: i32 = convert<i32>(global_id.x)
  var %b: i32 = -1
  if (%a < load(%b)) {
    store %b, %a
  }
  if (load(%b) == 3) {
    store @x[convert<u32>(%a)], convert<f32>(load(%b))
  }
}
)",
              narrow);
}

TEST(NarrowIntegers, CountingDown) {
  expect_pass(kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  var %i: u64 = convert<u64>(load(@params.x_size))
  loop while (load(%i) > 0) {
    store %i, load(%i) - 1
    store @x[load(%i)], 1.0
  }
}
)",
              kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  var %i: u32 = load(@params.x_size)
  loop while (load(%i) > 0) {
    store %i, load(%i) - 1
    store @x[load(%i)], 1.0
  }
}
)",
              narrow);
}

// What bounds makes of an index of 64 bits.
TEST(NarrowIntegers, ClampedIndices) {
  expect_pass(kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %i: u64 = convert<u64>(global_id.x) * 2 / 3
  store @x[min(convert<u64>(global_id.x), convert<u64>(load(@params.x_size)) - 1)], 1.0
  store @x[min(%i, convert<u64>(load(@params.x_size)) - 1)], 1.0
}
)",
              kHead + R"(struct k_params size 16 align 8 {
  x_size: u32 @0
  n: u64 @8
}

storage @x: array<f32> read_write binding 0
storage @u: array<u64> read_write binding 1
params @params: k_params read binding 2

kernel global k() block(64, 1, 1) bindings(@x, @u, @params) effects {
  let %i: u32 = convert<u32>(convert<u64>(global_id.x) * 2 / 3)
  store @x[min(global_id.x, load(@params.x_size) - 1)], 1.0
  store @x[min(%i, load(@params.x_size) - 1)], 1.0
}
)",
              narrow);
}

} // namespace
} // namespace ring::ir::transform
