#include "ir/transform/emulate_int64.h"

#include "tests/unit/transform/pass_test.h"

namespace ring::ir::transform {
namespace {

const std::string kHead = "module \"m\"\nfile 0 \"m.cpp\"\n";

// Bodies that are easy to tell apart stand for the real ones, which tests/unit/intrinsics covers.
const std::string kU64 = R"(struct U64 size 8 align 4 cpp "ring::library::U64" {
  lo: u32 @0
  hi: u32 @4
}
)";
const std::string kAdd = R"(
function u64_add(%a: U64, %b: U64) -> U64 cpp "ring::library::u64_add" {
  return %a
}
)";
const std::string kLess = R"(
function i64_lt(%a: U64, %b: U64) -> bool cpp "ring::library::i64_lt" {
  return %a.hi < %b.hi
}
)";
const std::string kEqual = R"(
function u64_eq(%a: U64, %b: U64) -> bool cpp "ring::library::u64_eq" {
  return %a.lo == %b.lo
}
)";
const std::string kShift = R"(
function u64_shr(%a: U64, %n: u32) -> U64 cpp "ring::library::u64_shr" {
  return %a
}
)";

Status emulate(Module& module) {
  const Result<Module> library =
      parse("module \"library\"\nfile 0 \"int64.h\"\n" + kU64 + kAdd + kLess + kEqual + kShift,
            "library.rir");
  if (!library) return library.diagnostics();
  return emulate_int64(module, {.library = *library});
}

TEST(EmulateInt64, OperationsBecomeCallsAndLiteralsPairs) {
  expect_pass(kHead + R"(
function f(%a: u64, %i: u32) -> u32 {
  let %sum: u64 = %a + convert<u64>(%i) + 4294967298
  return convert<u32>(%sum >> 32i32) ^ convert<u32>(%sum)
}
)",
              kHead + kU64 + kAdd + R"(
function f(%a: U64, %i: u32) -> u32 {
  let %sum: U64 = @u64_add(@u64_add(%a, U64{%i, 0}), U64{2, 1})
  return %sum.hi ^ %sum.lo
}
)" + kShift,
              emulate);
}

TEST(EmulateInt64, SignedAndUnsignedAreTwoFunctionsWhereItMatters) {
  expect_pass(kHead + R"(
function f(%a: i64) -> bool {
  return %a < -1
}
)",
              kHead + kU64 + kLess + R"(
function f(%a: U64) -> bool {
  return @i64_lt(%a, U64{4294967295, 4294967295})
}
)",
              emulate);
}

TEST(EmulateInt64, BuffersStayTypedAndKeepTheirBytes) {
  expect_pass(kHead + R"(
struct Account size 16 align 8 {
  id: u32 @0
  cents: u64 @8
}

storage @accounts: array<Account> read_write binding 0

kernel global k() block(64, 1, 1) bindings(@accounts) effects {
  let %i: u64 = convert<u64>(global_id.x)
  store @accounts[%i].cents, 5
  store @accounts[0].id, convert<u32>(load(@accounts[1].cents))
}
)",
              kHead + kU64 + R"(
struct Account size 16 align 8 {
  id: u32 @0
  cents: U64 @8
}

storage @accounts: array<Account> read_write binding 0

kernel global k() block(64, 1, 1) bindings(@accounts) effects {
  let %i: U64 = U64{global_id.x, 0}
  store @accounts[%i.lo].cents, U64{5, 0}
  store @accounts[0].id, load(@accounts[1].cents.lo)
}
)",
              emulate);
}

TEST(EmulateInt64, SwitchesGoByTheNumberOfTheCase) {
  expect_pass(kHead + R"(
function f(%a: u64) -> u32 {
  switch (%a) {
    case 7 {
      return 1
    }
    default {
      return 2
    }
  }
  return 0
}
)",
              kHead + kU64 + kEqual + R"(
function f(%a: U64) -> u32 {
  let %selector: U64 = %a
  switch (@u64_eq(%selector, U64{7, 0}) ? 1u32 : 0u32) {
    case 1 {
      return 1
    }
    default {
      return 2
    }
  }
  return 0
}
)",
              emulate);
}

TEST(EmulateInt64, WarpOperationsWorkOnTheWords) {
  expect_pass(kHead + R"(
kernel global k(%x: u64) block(64, 1, 1) effects {
  let %y: u64 = shuffle(%x, 3)
  let %z: u64 = %y
}
)",
              kHead + kU64 + R"(
kernel global k(%x: U64) block(64, 1, 1) effects {
  let %value: U64 = %x
  let %lane: u32 = 3
  let %lo: u32 = shuffle(%value.lo, %lane)
  let %hi: u32 = shuffle(%value.hi, %lane)
  let %y: U64 = U64{%lo, %hi}
  let %z: U64 = %y
}
)" + kShift,
              emulate);
}

TEST(EmulateInt64, AModuleWithoutThemIsLeftAlone) {
  const std::string text = kHead + R"(
function f(%a: u32) -> u32 {
  return %a + 1
}
)";
  expect_pass(text, text, emulate);
}

} // namespace
} // namespace ring::ir::transform
