#include "ir/transform/emulate_narrow.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

Status emulate(Module& module) { return emulate_narrow(module, {}); }

TEST(EmulateNarrow, ValuesAreWrappedWhereTheyCanLeaveTheirRange) {
  expect_pass(kHead + R"(
function f(%a: u8, %b: i16, %n: i32) -> u8 {
  let %sum: u8 = %a + 200
  let %both: u8 = %a & %sum
  let %cut: i8 = convert<i8>(%n)
  let %wide: i32 = convert<i32>(%b)
  let %negative: i16 = -5
  let %same: i8 = bitcast<i8>(%a)
  return ~%both
}
)",
              kHead + R"(
function f(%a: u32, %b: i32, %n: i32) -> u32 {
  let %sum: u32 = %a + 200 & 255
  let %both: u32 = %a & %sum
  let %cut: i32 = %n << 24u32 >> 24u32
  let %wide: i32 = %b
  let %negative: i32 = -5
  let %same: i32 = convert<i32>(%a) << 24u32 >> 24u32
  return ~%both & 255
}
)",
              emulate);
}

TEST(EmulateNarrow, AMaskThatIsThereAlreadyIsNotRepeated) {
  expect_pass(kHead + R"(
function f(%word: u32) -> u16 {
  let %top: u8 = convert<u8>(%word >> 24)
  return convert<u16>(%word & 511)
}
)",
              kHead + R"(
function f(%word: u32) -> u32 {
  let %top: u32 = %word >> 24
  return %word & 511
}
)",
              emulate);
}

TEST(EmulateNarrow, StructsAreLaidOutAnewAndSwitchesExtendTheirValues) {
  expect_pass(kHead + R"(
struct Pair size 2 align 1 {
  a: i8 @0
  b: u8 @1
}

function f(%p: Pair) -> i32 {
  switch (%p.a) {
    case -1, 2 {
      return 1
    }
  }
  return 0
}
)",
              kHead + R"(
struct Pair size 8 align 4 {
  a: i32 @0
  b: u32 @4
}

function f(%p: Pair) -> i32 {
  switch (%p.a) {
    case -1, 2 {
      return 1
    }
  }
  return 0
}
)",
              emulate);
}

} // namespace
} // namespace ring::ir::transform
