#include "ir/transform/clear_shared.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

TEST(ClearShared, SmallVariablesOfEachKernel) {
  expect_pass(R"(module "m"
file 0 "m.cpp"

shared @flag: array<u32, 1>
shared @sums: array<f32, 8>
shared @tile: array<f32, 256>

function total() -> f32 {
  return load(@sums[0]) + load(@sums[1])
}

kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  store @flag[0], 1
  store %y[0], @total() + load(@tile[3])
}

kernel global other(%y: span<f32, read_write>) block(64, 1, 1) effects {
  store %y[0], 1.0
}
)",
              R"(module "m"
file 0 "m.cpp"

shared @flag: array<u32, 1>
shared @sums: array<f32, 8>
shared @tile: array<f32, 256>

function total() -> f32 {
  return load(@sums[0]) + load(@sums[1])
}

kernel global k(%y: span<f32, read_write>) block(64, 1, 1) effects {
  store @flag[0u32], 0
  var %index: u32 = 0
  loop while (load(%index) < 8) {
    store @sums[load(%index)], 0.0
  } continuing {
    store %index, load(%index) + 1
  }
  store @flag[0], 1
  store %y[0], @total() + load(@tile[3])
}

kernel global other(%y: span<f32, read_write>) block(64, 1, 1) effects {
  store %y[0], 1.0
}
)",
              [](Module& module) { return clear_shared(module); });
}

} // namespace
} // namespace ring::ir::transform
