#include "backends/common/unnamed_results.h"

#include "ir/parser.h"

#include <gtest/gtest.h>

#include <string>

namespace ring::backends {
namespace {

/// How many lets need not be printed where `statements` is the rest of a function.
std::size_t hidden(const std::string& statements) {
  const std::string text = R"(module "m"
bound @words: span<u32, read_write>
function f(%at: u32) -> u32 effects {
  store @words[%at], 1
  return %at
}
function g(%at: u32) -> u32 {
  return load(@words[%at])
}
function h(%at: u32, %x: u32, %flag: bool) -> u32 effects {
  var %v: u32 = 0
  let %f_result: u32 = @f(%at)
)" + statements + "\n}\n";
  const ir::Result<ir::Module> module = ir::parse(text, "test.rir");
  if (!module) {
    ADD_FAILURE() << module.diagnostics()[0].message << "\n" << text;
    return 0;
  }
  return unnamed_results(*module).size();
}

TEST(UnnamedResults, AreWrittenWhereTheyAreUsed) {
  EXPECT_EQ(hidden("return %f_result"), 1U);
  EXPECT_EQ(hidden("return %f_result + %x * 2"), 1U);
  EXPECT_EQ(hidden("store %v, %f_result\n return 0"), 1U);
  EXPECT_EQ(hidden("store @words[%x], %f_result\n return 0"), 1U);
  EXPECT_EQ(hidden("var %w: u32 = %f_result\n return load(%w)"), 1U);
  EXPECT_EQ(hidden("if (%f_result == 0) {\n return 1\n }\n return 0"), 1U);
  EXPECT_EQ(hidden("return load(@words[%f_result])"), 1U);
  EXPECT_EQ(hidden("return @g(%f_result)"), 1U);
}

TEST(UnnamedResults, OfAChainAreAllHidden) {
  EXPECT_EQ(hidden("let %f_result.2: u32 = @f(%f_result)\n return %f_result.2"), 2U);
}

TEST(UnnamedResults, StayWhereTheCallCouldChangeWhatIsRead) {
  EXPECT_EQ(hidden("return %f_result + load(@words[%x])"), 0U);
  EXPECT_EQ(hidden("return %f_result + load(%v)"), 0U);
  EXPECT_EQ(hidden("return %f_result + @g(%x)"), 0U);
  EXPECT_EQ(hidden("store @words[load(@words[%x])], %f_result\n return 0"), 0U);
}

TEST(UnnamedResults, StayWhereTheCallWouldDependOnACondition) {
  EXPECT_EQ(hidden("return %flag ? %f_result : 1"), 0U);
  EXPECT_EQ(hidden("if (%flag && %f_result == 0) {\n return 1\n }\n return 0"), 0U);
  EXPECT_EQ(hidden("if (%f_result == 0 && %flag) {\n return 1\n }\n return 0"), 1U);
}

TEST(UnnamedResults, StayWhereAFenceMayStandBetween) {
  EXPECT_EQ(hidden("eval atomic_store<release, device>(@words[%x], %f_result)\n return 0"), 0U);
}

TEST(UnnamedResults, StayWhereTheyAreUsedLaterOrTwice) {
  EXPECT_EQ(hidden("store %v, 1\n return %f_result"), 0U);
  EXPECT_EQ(hidden("return %f_result + %f_result"), 0U);
}

/// The user said `const auto position = f(at);`.
TEST(UnnamedResults, KeepTheUsersNames) {
  EXPECT_EQ(hidden("let %position: u32 = @f(%x)\n return %position"), 0U);
}

} // namespace
} // namespace ring::backends
