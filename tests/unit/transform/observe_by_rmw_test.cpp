#include "ir/transform/observe_by_rmw.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

TEST(ObserveByRmw, LoadsOfTheHostsWords) {
  expect_pass(R"(module "m"

function f(%x: span<u32, read_write>, %y: span<i64, read_write>) -> u32 effects {
  let %a: u32 = atomic_load<acquire, system>(%x[0]) !3:1
  let %b: i64 = atomic_load<relaxed, system>(%y[%a])
  eval atomic_load<seq_cst, system>(%x[1])
  return %a + convert<u32>(%b)
}
)",
              R"(module "m"

function f(%x: span<u32, read_write>, %y: span<i64, read_write>) -> u32 effects {
  let %a: u32 = atomic_or<acquire, system>(%x[0], 0) !3:1
  let %b: i64 = atomic_or<relaxed, system>(%y[%a], 0)
  eval atomic_or<seq_cst, system>(%x[1], 0)
  return %a + convert<u32>(%b)
}
)",
              observe_by_rmw);
}

TEST(ObserveByRmw, WhatStays) {
  const std::string_view text = R"(module "m"

function f(%x: span<u32, read_write>, %y: span<f32, read_write>, %z: span<u32, read>) effects {
  let %a: u32 = atomic_load<acquire, device>(%x[0])
  let %b: f32 = atomic_load<relaxed, system>(%y[0])
  let %c: u32 = atomic_load<relaxed, system>(%z[0])
  eval atomic_store<release, system>(%x[0], 1)
}
)";
  expect_pass(text, text, observe_by_rmw);
}

} // namespace
} // namespace ring::ir::transform
