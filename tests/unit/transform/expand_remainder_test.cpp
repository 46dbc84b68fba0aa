#include "ir/transform/expand_remainder.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

TEST(ExpandRemainder, OfSignedIntegersOnly) {
  expect_pass(kHead + R"(
function f(%a: i32, %b: i32, %u: u32) -> i32 {
  let %unsigned: u32 = %u % 7
  return %a % %b
}
)",
              kHead + R"(
function f(%a: i32, %b: i32, %u: u32) -> i32 {
  let %unsigned: u32 = %u % 7
  return %a - %a / %b * %b
}
)",
              expand_remainder);
}

TEST(ExpandRemainder, OperandsAreEvaluatedOnce) {
  expect_pass(kHead + R"(
function f(%a: i64, %b: i64, %s: span<i64, read>) -> i64 {
  var %v: i64 = %a
  let %nested: i64 = (%a + 1) % %b % load(%s[0])
  return load(%v) % 3
}
)",
              kHead + R"(
function f(%a: i64, %b: i64, %s: span<i64, read>) -> i64 {
  var %v: i64 = %a
  let %value: i64 = %a + 1
  let %value.2: i64 = %value - %value / %b * %b
  let %value.3: i64 = load(%s[0])
  let %nested: i64 = %value.2 - %value.2 / %value.3 * %value.3
  return load(%v) - load(%v) / 3 * 3
}
)",
              expand_remainder);
}

TEST(ExpandRemainder, LazyArmsStayLazy) {
  expect_pass(kHead + R"(
function f(%c: bool, %s: span<i32, read>, %b: i32) -> i32 {
  return %c ? load(%s[0]) % %b : 0
}
)",
              kHead + R"(
function f(%c: bool, %s: span<i32, read>, %b: i32) -> i32 {
  var %value: i32
  if (%c) {
    let %value.2: i32 = load(%s[0])
    store %value, %value.2 - %value.2 / %b * %b
  } else {
    store %value, 0
  }
  return load(%value)
}
)",
              expand_remainder);
}

} // namespace
} // namespace ring::ir::transform
