// Mutations of the exec suite's kernels, as C++ and as IR text, through the whole compiler in
// process. Whatever comes in, the answer is code or diagnostics: a crash, a hang, an exception and
// a diagnostic that blames ringcc itself are findings. The input of a finding is kept.
#include "isolated.h"
#include "mutator.h"

#include "backends/targets.h"
#include "frontend/frontend.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tools/ringcc/compile.h"
#include "tools/ringcc/resources.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace ring::ringcc {

/// The library that the ringcc of this build embeds.
std::string_view library_module() {
  static const std::string kText = [] {
    std::ifstream file(RINGCC_LIBRARY_MODULE);
    return std::string{std::istreambuf_iterator<char>(file), {}};
  }();
  return kText;
}

} // namespace ring::ringcc

namespace ring::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMutationsPerShard = 1250; // eight shards of each kind: 10,000
constexpr unsigned kDeadlineSeconds = 30;
constexpr std::size_t kMaxTextSize = 16'000; // a larger one is slow and shows nothing else

std::uint64_t seed() {
  const char* given = std::getenv("RINGCC_FUZZ_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 1;
}

std::vector<std::string> kernel_sources() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(RINGCC_KERNELS)) {
    if (entry.path().extension() == ".cpp") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const fs::path& path : paths) {
    std::ifstream file(path);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.size() <= kMaxTextSize) texts.push_back(std::move(text));
  }
  return texts;
}

frontend::FrontendOutput compile(const std::string& source) {
  frontend::FrontendOptions options;
  options.file = "-";
  options.source = source;
  options.clang_args = {"-I", RINGCC_KERNELS};
  options.resource_dir = RINGCC_RESOURCE_DIR;
  options.include_dir = RINGCC_INCLUDE_DIR;
  return frontend::compile(options);
}

std::vector<std::string> kernel_modules() {
  std::vector<std::string> texts;
  for (const std::string& source : kernel_sources()) {
    const frontend::FrontendOutput output = compile(source);
    if (!output.module) continue;
    std::string text = ir::print(*output.module);
    if (text.size() <= kMaxTextSize) texts.push_back(std::move(text));
  }
  return texts;
}

/// Text of a diagnostic that says "a bug in ringcc", if there is one. The layout of a struct is
/// Clang's; where damaged IR text has a layout that no compiler makes (fields that overlap),
/// spirv-val may be the one to refuse it.
std::string own_bug(const ir::Diagnostics& diagnostics, bool from_cpp) {
  for (const ir::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.id == ir::DiagnosticId::internal_error ||
        (from_cpp && diagnostic.id == ir::DiagnosticId::invalid_output)) {
      std::string text = ir::code_of(diagnostic.id) + " " + diagnostic.message;
      for (const ir::Diagnostic& other : diagnostics) text += "; " + other.message;
      return text;
    }
  }
  return {};
}

/// Verifies a module and, if it is right, takes it through one target.
std::string through_target(ir::Module module, std::uint64_t number, bool from_cpp) {
  const auto& targets = backends::all_targets();
  const auto verified = ir::verify(module, ir::all_capabilities());
  if (!verified) {
    if (from_cpp && verified.diagnostics()[0].id == ir::DiagnosticId::invalid_module) {
      return "the front end made a module that is not valid: " + verified.diagnostics()[0].message;
    }
    return {};
  }
  ringcc::Compilation compilation;
  compilation.module = std::move(module);
  ringcc::Options options;
  ringcc::run_target(compilation, options, targets[number % targets.size()], true);
  return own_bug(compilation.diagnostics, from_cpp);
}

std::string guarded(const std::function<std::string()>& job) {
  try {
    return job();
  } catch (const std::bad_alloc&) {
    return "out of memory";
  } catch (const std::exception& failure) {
    return std::string("exception: ") + failure.what();
  }
}

std::string try_ir(const std::string& text, std::uint64_t number) {
  ir::Result<ir::Module> module = ir::parse(text, "mutation.rir");
  if (!module) return own_bug(module.diagnostics(), /*from_cpp=*/false);
  return through_target(std::move(*module), number, /*from_cpp=*/false);
}

std::string try_cpp(const std::string& text, std::uint64_t number) {
  frontend::FrontendOutput output = compile(text);
  if (std::string bug = own_bug(output.diagnostics, /*from_cpp=*/true); !bug.empty()) return bug;
  if (!output.module && !ir::has_errors(output.diagnostics)) return "neither a module nor an error";
  if (!output.module) return {};
  return through_target(std::move(*output.module), number, /*from_cpp=*/true);
}

void expect_no_findings(const Mutator& mutator, std::uint64_t shard, const std::string& suffix,
                        std::string (*attempt)(const std::string&, std::uint64_t)) {
  const std::uint64_t begin = shard * kMutationsPerShard;
  const auto job = [&](std::uint64_t number) {
    return guarded([&] { return attempt(mutator.make(number), number); });
  };
  for (const Finding& finding : run_isolated(begin, begin + kMutationsPerShard, kDeadlineSeconds, job)) {
    fs::create_directories(RINGCC_FINDINGS);
    const fs::path kept = fs::path(RINGCC_FINDINGS) / (std::to_string(finding.number) + suffix);
    std::ofstream(kept) << mutator.make(finding.number);
    ADD_FAILURE() << "mutation " << finding.number << ": " << finding.what << "\n  kept in " << kept
                  << ", target "
                  << backends::all_targets()[finding.number % backends::all_targets().size()].name;
  }
}

class Mutation : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Mutation, OfIrGivesCodeOrErrors) {
  const std::vector<std::string> texts = kernel_modules();
  ASSERT_GE(texts.size(), 10u);
  expect_no_findings(Mutator(texts, seed()), GetParam(), ".rir", try_ir);
}

TEST_P(Mutation, OfCppGivesCodeOrErrors) {
  const std::vector<std::string> texts = kernel_sources();
  ASSERT_GE(texts.size(), 10u);
  expect_no_findings(Mutator(texts, seed()), GetParam(), ".cpp", try_cpp);
}

INSTANTIATE_TEST_SUITE_P(Shard, Mutation, ::testing::Range<std::uint64_t>(0, 8));

} // namespace
} // namespace ring::testing
