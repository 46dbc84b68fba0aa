#include "backends/wgsl/return_after_loops.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::backends::wgsl {
namespace {

using ir::transform::expect_pass;

TEST(ReturnAfterLoops, EndsAFunctionThatOnlyReturnsFromItsLoop) {
  expect_pass(R"(module "m"
struct Pair size 8 align 4 {
  a: u32 @0
  b: u32 @4
}
function f(%x: u32) -> Pair {
  if (%x == 0) {
    return Pair{%x, 1}
  } else {
    loop {
      if (%x == 3) {
        return Pair{1, 2}
      }
    }
  }
}
)",
              R"(module "m"
struct Pair size 8 align 4 {
  a: u32 @0
  b: u32 @4
}
function f(%x: u32) -> Pair {
  if (%x == 0) {
    return Pair{%x, 1}
  } else {
    loop {
      if (%x == 3) {
        return Pair{1, 2}
      }
    }
    return Pair{}
  }
}
)",
              return_after_loops);
}

TEST(ReturnAfterLoops, LeavesTheRest) {
  const std::string text = R"(module "m"
function f(%x: u32) -> u32 {
  loop while (%x == 1) {
  }
  return 0
}
function g(%x: u32) {
  loop {
    if (%x == 3) {
      return
    }
  }
}
)";
  expect_pass(text, text, return_after_loops);
}

} // namespace
} // namespace ring::backends::wgsl
