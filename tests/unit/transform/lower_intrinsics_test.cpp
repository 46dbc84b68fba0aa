#include "ir/transform/lower_intrinsics.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

constexpr std::string_view kLibrary = R"(module "library"
file 0 "library.h"

constant @digits: array<u32, 2> read = array<u32, 2>{1, 2}

function helper(%x: u32) -> u32 cpp "ring::library::detail::helper" {
  return %x + load(@digits[1])
}

function rotl(%x: u8, %s: i32) -> u8 cpp "ring::library::rotl" {
  return %x
}

function rotl_1(%x: u32, %s: i32) -> u32 cpp "ring::library::rotl" {
  return @helper(%x)
}
)";

Status lower(Module& module) {
  const Result<Module> library = parse(kLibrary, "library.rir");
  if (!library) return library.diagnostics();
  return lower_intrinsics(module, {.column = intrinsics::Target::wgsl, .library = *library});
}

TEST(LowerIntrinsics, LinksTheOverloadAndWhatItNeeds) {
  expect_pass(kHead + R"(
function helper(%x: u32) -> u32 {
  return rotl(%x, 3)
}
)",
              kHead + R"(
constant @digits: array<u32, 2> read = array<u32, 2>{1, 2}

function helper_1(%x: u32) -> u32 cpp "ring::library::detail::helper" {
  return %x + load(@digits[1])
}

function rotl_1(%x: u32, %s: i32) -> u32 cpp "ring::library::rotl" {
  return @helper_1(%x)
}

function helper(%x: u32) -> u32 {
  return @rotl_1(%x, 3)
}
)",
              lower);
}

TEST(LowerIntrinsics, LeavesWhatTheTargetSpells) {
  const std::string text = kHead + R"(
function f(%x: f32) -> f32 {
  return sqrt(%x)
}
)";
  expect_pass(text, text, lower);
}

TEST(LowerIntrinsics, SaysWhatTheLibraryLacks) {
  const std::string result = run_pass(kHead + R"(
function f(%x: f32) -> f32 {
  return cbrt(%x) !9:3
}
)",
                                      lower);
  EXPECT_EQ(result, "9:3: the library has no 'ring::library::cbrt' for this type [RC2001]\n");
}

} // namespace
} // namespace ring::ir::transform
