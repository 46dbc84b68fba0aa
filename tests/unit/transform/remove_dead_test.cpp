#include "ir/transform/remove_dead.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status sweep(Module& module) { return remove_dead(module); }

TEST(RemoveDead, FunctionsAndGlobals) {
  expect_pass(kHead + R"(shared @used: array<f32, 4>
shared @unused: array<f32, 4>

function helper(%x: f32) -> f32 {
  return %x + load(@used[0])
}

function unused(%x: f32) -> f32 {
  return @helper(%x) + load(@unused[0])
}

kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  store %y[0], @helper(1.0)
}
)",
              kHead + R"(shared @used: array<f32, 4>

function helper(%x: f32) -> f32 {
  return %x + load(@used[0])
}

kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  store %y[0], @helper(1.0)
}
)",
              sweep);
}

// An atomic stays for its effect.
TEST(RemoveDead, ValuesThatNobodyReads) {
  expect_pass(
      kHead + R"(kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  let %a: u32 = %n + 1
  let %b: u32 = %a * 2
  var %c: array<u32, 4>
  store %c[%n], %b
  let %old: u32 = atomic_add(%y[0], 1)
  if (%n == 3) {
    var %d: u32 = 3
  }
  loop {
    break
    store %y[1], 3
  }
  return
}
)",
      kHead + R"(kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  eval atomic_add(%y[0], 1)
  loop {
    break
  }
}
)",
      sweep);
}

TEST(RemoveDead, LibraryKeepsItsFunctions) {
  expect_pass(kHead + R"(function one() -> f32 {
  return 1.0
}
)",
              kHead + R"(function one() -> f32 {
  return 1.0
}
)",
              sweep);
}

TEST(RemoveDead, KeepsWhatAnActorSpeaksOf) {
  expect_pass(R"(struct Context size 4 align 4 {
  a: u32 @0
}

struct Message size 4 align 4 {
  a: u32 @0
}

struct Unused size 4 align 4 {
  a: u32 @0
}

bound @unused: span<f32, read>
bound @row: span<f32, read>

kernel ring a(%c: ref<Context, generic, read_write>, %event: u32, %message: u32) -> bool
    actor "a" scope serial mailbox 16
    receives Message 0x00000010
    span row: @row {
  return true
}
)",
              R"(struct Context size 4 align 4 {
  a: u32 @0
}

struct Message size 4 align 4 {
  a: u32 @0
}

bound @row: span<f32, read>

kernel ring a(%c: ref<Context, generic, read_write>, %event: u32, %message: u32) -> bool
    actor "a" scope serial mailbox 16
    receives Message 0x00000010
    span row: @row {
  return true
}
)",
              remove_dead);
}

} // namespace
} // namespace ring::ir::transform
