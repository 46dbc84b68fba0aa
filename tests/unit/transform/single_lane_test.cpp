#include "ir/function_order.h"
#include "ir/transform/single_lane.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

Status run_f(Module& module) {
  run_on_single_lane(module, {module.find_function("f")});
  return Success{};
}

TEST(SingleLane, KnowsWhoItIs) {
  expect_pass(R"(module "m"

function leads() -> bool {
  return thread_id.x == 0
}

function lanes() -> u32 {
  return block_dim.x
}

function join() effects {
  eval barrier()
}

function send_now(%x: span<u32, read_write>, %v: u32) -> u32 effects {
  store %x[0], %v
  return 1
}

function send(%x: span<u32, read_write>, %v: u32) -> u32 effects {
  if (@lanes() > 1 && @leads()) {
    store %x[1], %v
    return 0
  }
  let %sent: u32 = @send_now(%x, %v)
  return %sent
}

function f(%x: span<u32, read_write>) effects {
  if (@leads()) {
    store %x[2], @lanes()
  } else {
    store %x[3], 7
  }
  eval @join()
  eval @send(%x, 5)
}
)",
              R"(module "m"

function leads() -> bool {
  return true
}

function lanes() -> u32 {
  return 1
}

function join() effects {
}

function send_now(%x: span<u32, read_write>, %v: u32) -> u32 effects {
  store %x[0], %v
  return 1
}

function send(%x: span<u32, read_write>, %v: u32) -> u32 effects {
  let %sent: u32 = @send_now(%x, %v)
  return %sent
}

function f(%x: span<u32, read_write>) effects {
  store %x[2], 1
  eval @send_now(%x, 5)
}
)",
              run_f);
}

// What a group calls as well stays as it is for the group.
TEST(SingleLane, CopiesWhatOthersCall) {
  expect_pass(R"(module "m"

function number(%n: u32) -> u32 {
  return %n * block_dim.x + thread_id.x
}

function f(%x: span<u32, read_write>) effects {
  store %x[0], @number(3)
}

kernel global k(%x: span<u32, read_write>) block(64, 1, 1) {
  store %x[thread_id.x], @number(4)
}
)",
              R"(module "m"

function number(%n: u32) -> u32 {
  return %n * block_dim.x + thread_id.x
}

function number_1(%n: u32) -> u32 cpp "number" {
  return %n * 1 + 0
}

function f(%x: span<u32, read_write>) effects {
  store %x[0], @number_1(3)
}

kernel global k(%x: span<u32, read_write>) block(64, 1, 1) {
  store %x[thread_id.x], @number(4)
}
)",
              [](Module& module) {
                const Status status = run_f(module);
                order_functions(module);
                return status;
              });
}

// A word of block-shared memory is read without waiting; other axes have one lane as well.
TEST(SingleLane, WordsThatAllShare) {
  expect_pass(R"(module "m"

shared @verdict: u32

function f(%x: span<u32, read_write>) effects {
  store @verdict, thread_id.y
  let %v: u32 = uniform_load(@verdict)
  store %x[0], %v
}
)",
              R"(module "m"

shared @verdict: u32

function f(%x: span<u32, read_write>) effects {
  store @verdict, 0
  let %v: u32 = load(@verdict)
  store %x[0], %v
}
)",
              run_f);
}

} // namespace
} // namespace ring::ir::transform
