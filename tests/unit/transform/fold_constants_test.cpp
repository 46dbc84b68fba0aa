#include "ir/transform/fold_constants.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

TEST(FoldConstants, ComputesAsTheTypesDo) {
  expect_pass(kHead + R"(
function f(%x: f32) -> f32 {
  let %wraps: u8 = 200 + 100
  let %sign: i32 = 1 << 31i32
  let %wide: u64 = convert<u64>(-1i32)
  let %narrow: i16 = convert<i16>(70000i32)
  let %less: bool = -1i32 < 0
  let %once: f32 = convert<f32>(1.5f64 * 2.0)
  let %zero: i32 = 1 / 0
  return %x * convert<f32>(0.1f64)
}
)",
              kHead + R"(
function f(%x: f32) -> f32 {
  let %wraps: u8 = 44
  let %sign: i32 = -2147483648
  let %wide: u64 = 18446744073709551615
  let %narrow: i16 = 4464
  let %less: bool = true
  let %once: f32 = 3.0
  let %zero: i32 = 1 / 0
  return %x * 0.1
}
)",
              fold_constants);
}

TEST(FoldConstants, NamesNothingThatItWorksOut) {
  expect_pass(kHead + R"(
function f(%at: u32) -> u32 {
  let %both: u32 = kQuiet#2048 | kStaged#1024
  let %wide: u64 = convert<u64>(kQuiet#2048)
  return %at + kHead#34
}
)",
              kHead + R"(
function f(%at: u32) -> u32 {
  let %both: u32 = 3072
  let %wide: u64 = 2048
  return %at + kHead#34
}
)",
              fold_constants);
}

} // namespace
} // namespace ring::ir::transform
