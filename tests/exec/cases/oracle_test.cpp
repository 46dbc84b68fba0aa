// The host as its own executor: proves, before any compiler exists, that the handlers give the
// known answers, that no answer depends on the warp size, and that every case would notice an
// executor that does nothing.
#include "all.h"
#include "verify.h"

#include <gtest/gtest.h>

#include <set>

namespace ring::exec {
namespace {

class Oracle : public testing::TestWithParam<CaseEntry> {};

std::string test_name(const testing::TestParamInfo<CaseEntry>& param) {
  const CaseInfo& info = param.param.info;
  return info.row + "_" + info.module + "_" + info.name;
}

Memory initial(const Case& c) {
  Memory memory;
  for (const Buffer& buffer : c.buffers)
    memory.push_back(buffer.bytes);
  return memory;
}

/// What of the memory the case compares.
Memory compared(const Case& c, Memory memory) {
  for (std::size_t i = 0; i < memory.size(); ++i)
    if (c.buffers[i].comparison.metric == Metric::ignored) memory[i].clear();
  return memory;
}

TEST_P(Oracle, GivesTheKnownAnswers) {
  const Case c = GetParam().make();
  const Memory answer = run_oracle(c);
  const Verdict verdict = verify(c, answer, answer, Arithmetic::strict);
  EXPECT_TRUE(verdict.ok) << verdict.what;
  EXPECT_EQ(verdict.max_error, 0);
}

TEST_P(Oracle, DoesNotDependOnTheWarpSize) {
  const Case c = GetParam().make();
  const Memory answer = run_oracle(c, 32);
  for (const std::uint32_t warp_size : {4u, 8u}) {
    const Verdict verdict = verify(c, run_oracle(c, warp_size), answer, Arithmetic::strict);
    EXPECT_TRUE(verdict.ok) << "warp size " << warp_size << ": " << verdict.what;
  }
}

TEST_P(Oracle, NoticesAnExecutorThatDoesNothing) {
  const Case c = GetParam().make();
  const Memory nothing_done = initial(c);
  const Memory answer = run_oracle(c);
  if (compared(c, nothing_done) == compared(c, answer))
    return; // e.g. no element, or there and back
  EXPECT_FALSE(verify(c, nothing_done, answer, Arithmetic::strict).ok);
  EXPECT_FALSE(verify(c, nothing_done, answer, Arithmetic::loose).ok);
}

TEST_P(Oracle, KeepsTheLimitsOfEveryTarget) {
  const Case c = GetParam().make();
  for (const Launch& launch : c.launches) {
    const std::uint64_t threads = std::uint64_t{launch.block.x} * launch.block.y * launch.block.z;
    EXPECT_GE(threads, 1u);
    EXPECT_LE(threads, 256u) << launch.kernel;
    for (const std::uint32_t blocks : {launch.blocks.x, launch.blocks.y, launch.blocks.z}) {
      EXPECT_GE(blocks, 1u) << launch.kernel;
      EXPECT_LE(blocks, 65535u) << launch.kernel;
    }
    std::set<std::size_t> spans;
    for (const Arg& arg : launch.args) {
      const auto* span = std::get_if<SpanArg>(&arg);
      const bool is_new = span == nullptr || spans.insert(span->buffer).second;
      EXPECT_TRUE(is_new) << launch.kernel << " names a buffer twice";
    }
    EXPECT_LE(spans.size(), 8u) << launch.kernel;
  }
  for (const Buffer& buffer : c.buffers) {
    const Comparison& rule = buffer.comparison;
    const bool tolerant =
        rule.loose_bound > 0 || rule.outliers > 0 || rule.metric == Metric::ignored;
    EXPECT_TRUE(!tolerant || !rule.reason.empty())
        << buffer.name << " is tolerant for no stated reason";
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Oracle, testing::ValuesIn(all_cases()), test_name);

TEST(CaseNames, AreUnique) {
  std::set<std::string> names;
  for (const CaseEntry& entry : all_cases())
    EXPECT_TRUE(names.insert(entry.info.module + "/" + entry.info.name).second) << entry.info.name;
}

} // namespace

void PrintTo(const CaseEntry& entry, std::ostream* out) {
  *out << entry.info.module << "/" << entry.info.name;
}

} // namespace ring::exec
