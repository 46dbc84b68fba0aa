#include "ir/transform/pass_ids.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

TEST(PassIds, FunctionsGetIdsFromTheirCallers) {
  expect_pass(R"(module "m"
file 0 "m.cpp"

function row() -> u32 {
  return block_id.y * block_dim.y + thread_id.y
}

function place() -> u32 {
  return @row() * 64 + thread_id.x
}

kernel global k() block(16, 4, 1) {
  let %p: u32 = @place() + block_dim.x
}
)",
              R"(module "m"
file 0 "m.cpp"

function row(%block_id_y: u32, %block_dim_y: u32, %thread_id_y: u32) -> u32 {
  return %block_id_y * %block_dim_y + %thread_id_y
}

function place(%block_id_y: u32, %block_dim_y: u32, %thread_id_y: u32, %thread_id_x: u32) -> u32 {
  return @row(%block_id_y, %block_dim_y, %thread_id_y) * 64 + %thread_id_x
}

kernel global k() block(16, 4, 1) {
  let %p: u32 = @place(block_id.y, 4, thread_id.y, thread_id.x) + 16
}
)",
              [](Module& module) { return pass_ids(module); });
}

TEST(PassIds, ExtentsAloneWhereFunctionsCanAskForTheRest) {
  expect_pass(R"(module "m"
file 0 "m.cpp"

function row() -> u32 {
  return block_id.y * block_dim.y + thread_id.y
}

kernel global wide() block(16, 4, 1) {
  let %p: u32 = @row()
}

kernel global high() block(4, 16, 1) {
  let %p: u32 = @row() + block_dim.x
}
)",
              R"(module "m"
file 0 "m.cpp"

function row(%block_dim_y: u32) -> u32 {
  return block_id.y * %block_dim_y + thread_id.y
}

kernel global wide() block(16, 4, 1) {
  let %p: u32 = @row(4)
}

kernel global high() block(4, 16, 1) {
  let %p: u32 = @row(16) + 4
}
)",
              [](Module& module) { return pass_ids(module, {.extents_only = true}); });
}

} // namespace
} // namespace ring::ir::transform
