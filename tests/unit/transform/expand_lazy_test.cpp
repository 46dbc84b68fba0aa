#include "ir/transform/expand_lazy.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status expand(Module& module) { return expand_lazy(module); }

TEST(ExpandLazy, SafeArmsStay) {
  expect_pass(
      kHead + R"(kernel global k(%y: span<f32, read_write>, %n: u32) block(64, 1, 1) effects {
  var %a: f32 = 1.0
  store %y[0], %n > 3 && %n < 7 ? load(%a) / 2.0 : 0.0
}
)",
      kHead + R"(kernel global k(%y: span<f32, read_write>, %n: u32) block(64, 1, 1) effects {
  var %a: f32 = 1.0
  store %y[0], %n > 3 && %n < 7 ? load(%a) / 2.0 : 0.0
}
)",
      expand);
}

TEST(ExpandLazy, ReadsAndDivisionsAreGuarded) {
  expect_pass(
      kHead + R"(kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  store %y[0], %n != 0 ? 100 / %n : 0
  if (%n < 16 && load(%y[%n]) == 3) {
    store %y[1], 2
  }
}
)",
      kHead + R"(kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  var %value: u32
  if (%n != 0) {
    store %value, 100 / %n
  } else {
    store %value, 0
  }
  store %y[0], load(%value)
  var %condition: bool = %n < 16
  if (load(%condition)) {
    store %condition, load(%y[%n]) == 3
  }
  if (load(%condition)) {
    store %y[1], 2
  }
}
)",
      expand);
}

TEST(ExpandLazy, LoopConditionsMoveIntoTheLoop) {
  expect_pass(
      kHead + R"(kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  var %i: u32 = 0
  loop while (load(%i) < %n && load(%y[load(%i)]) != 3) {
    store %y[load(%i)], 3
  } continuing {
    store %i, load(%i) + 1
  }
}
)",
      kHead + R"(kernel global k(%y: span<u32, read_write>, %n: u32) block(64, 1, 1) effects {
  var %i: u32 = 0
  loop {
    var %condition: bool = load(%i) < %n
    if (load(%condition)) {
      store %condition, load(%y[load(%i)]) != 3
    }
    if (!load(%condition)) {
      break
    }
    store %y[load(%i)], 3
  } continuing {
    store %i, load(%i) + 1
  }
}
)",
      expand);
}

} // namespace
} // namespace ring::ir::transform
