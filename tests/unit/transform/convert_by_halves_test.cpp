#include "ir/transform/convert_by_halves.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

TEST(ConvertByHalves, WhatMayBeAboveTheLargestI32) {
  expect_pass(kHead + R"(
function f(%x: u32, %i: i32) -> f32 {
  let %signed: f32 = convert<f32>(%i)
  let %small: f32 = convert<f32>(%x >> 1)
  return convert<f32>(%x)
}
)",
              kHead + R"(
function f(%x: u32, %i: i32) -> f32 {
  let %signed: f32 = convert<f32>(%i)
  let %small: f32 = convert<f32>(%x >> 1)
  return convert<f32>(%x >> 16u32) * 65536.0 + convert<f32>(%x & 65535)
}
)",
              convert_by_halves);
}

TEST(ConvertByHalves, TheOperandIsEvaluatedOnce) {
  expect_pass(kHead + R"(
function f(%s: span<u32, read>) -> f32 {
  return convert<f32>(load(%s[0]))
}
)",
              kHead + R"(
function f(%s: span<u32, read>) -> f32 {
  let %value: u32 = load(%s[0])
  return convert<f32>(%value >> 16u32) * 65536.0 + convert<f32>(%value & 65535)
}
)",
              convert_by_halves);
}

} // namespace
} // namespace ring::ir::transform
