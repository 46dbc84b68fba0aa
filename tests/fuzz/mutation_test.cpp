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

constexpr std::uint64_t kShards = 4;
constexpr std::uint64_t kMutationsPerShard = 2500; // 10,000 of each kind
constexpr unsigned kDeadlineSeconds = 10;
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
  options.clang_args = {"-I", RINGCC_KERNELS, "-include-pch", RINGCC_HEADERS};
  options.resource_dir = RINGCC_RESOURCE_DIR;
  for (const char* folder : {"intrinsics", "runtime/protocol", "runtime/abi"})
    options.include_dirs.push_back(std::string(RINGCC_SOURCE) + "/" + folder + "/include");
  return frontend::compile(options);
}

/// Text of a diagnostic that says "a bug in ringcc", if there is one.
std::string own_bug(const ir::Diagnostics& diagnostics, bool was_verified = false) {
  for (const ir::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.id == ir::DiagnosticId::internal_error ||
        diagnostic.id == ir::DiagnosticId::invalid_output ||
        (was_verified && diagnostic.id == ir::DiagnosticId::invalid_module)) {
      std::string text = ir::code_of(diagnostic.id) + " " + diagnostic.message;
      for (const ir::Diagnostic& other : diagnostics)
        text += "; " + other.message;
      return text;
    }
  }
  return {};
}

/// Verifies a module and, if it is right, takes what each target can do of it through that target.
std::string through_targets(ir::Module module, bool from_cpp) {
  const auto verified = ir::verify(module, ir::all_capabilities());
  if (!verified) {
    if (from_cpp && verified.diagnostics()[0].id == ir::DiagnosticId::invalid_module) {
      return "the front end made a module that is not valid: " + verified.diagnostics()[0].message;
    }
    return {};
  }
  ringcc::Compilation compilation;
  compilation.module = std::move(module);
  for (const backends::Target& target : backends::all_targets()) {
    compilation.diagnostics.clear();
    ringcc::run_target(compilation, {}, target, /*asked_for=*/false);
    if (std::string bug = own_bug(compilation.diagnostics, /*was_verified=*/true); !bug.empty()) {
      return std::string(target.name) + ": " + bug;
    }
  }
  return {};
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

std::string try_ir(const std::string& text) {
  ir::Result<ir::Module> module = ir::parse(text, "mutation.rir");
  if (!module) return own_bug(module.diagnostics());
  return through_targets(std::move(*module), /*from_cpp=*/false);
}

std::string try_cpp(const std::string& text) {
  frontend::FrontendOutput output = compile(text);
  if (std::string bug = own_bug(output.diagnostics); !bug.empty()) return bug;
  if (!output.module && !ir::has_errors(output.diagnostics)) return "neither a module nor an error";
  if (!output.module) return {};
  return through_targets(std::move(*output.module), /*from_cpp=*/true);
}

/// The kernels that the mutations start from: unless each of them compiles, no mutation shows much.
struct Inputs {
  std::vector<std::string> sources;
  std::vector<std::string> modules;
};

Inputs inputs() {
  Inputs inputs;
  for (std::string& source : kernel_sources()) {
    const frontend::FrontendOutput output = compile(source);
    if (!output.module) {
      ADD_FAILURE() << "does not compile: " << output.diagnostics[0].message << "\n" << source;
      return {};
    }
    std::string text = ir::print(*output.module);
    if (text.size() <= kMaxTextSize) inputs.modules.push_back(std::move(text));
    inputs.sources.push_back(std::move(source));
  }
  EXPECT_GE(inputs.modules.size(), 10u);
  return inputs;
}

/// Where the input of a finding is kept.
fs::path keep(const Finding& finding, const std::string& text, const std::string& suffix) {
  const std::string name = std::to_string(seed()) + "-" + std::to_string(finding.number) + suffix;
  fs::create_directories(RINGCC_FINDINGS);
  const fs::path path = fs::path(RINGCC_FINDINGS) / name;
  std::ofstream(path) << text;
  return path;
}

void expect_no_findings(const Mutator& mutator, std::uint64_t shard, const std::string& suffix,
                        std::string (*attempt)(const std::string&)) {
  const std::uint64_t begin = shard * kMutationsPerShard;
  const auto job = [&](std::uint64_t number) {
    return guarded([&] { return attempt(mutator.make(number)); });
  };
  for (const Finding& finding :
       run_isolated(begin, begin + kMutationsPerShard, kDeadlineSeconds, job)) {
    const fs::path kept = keep(finding, mutator.make(finding.number), suffix);
    ADD_FAILURE() << "mutation " << finding.number << ": " << finding.what << "\n  " RINGCC_PROGRAM
                  << " -I " RINGCC_KERNELS " --out-dir=" RINGCC_FINDINGS "/out " << kept.string();
  }
}

class Mutation : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Mutation, OfIrGivesCodeOrErrors) {
  const Inputs valid = inputs();
  ASSERT_FALSE(HasFailure());
  expect_no_findings(Mutator(valid.modules, seed()), GetParam(), ".rir", try_ir);
}

TEST_P(Mutation, OfCppGivesCodeOrErrors) {
  const Inputs valid = inputs();
  ASSERT_FALSE(HasFailure());
  expect_no_findings(Mutator(valid.sources, seed()), GetParam(), ".cpp", try_cpp);
}

INSTANTIATE_TEST_SUITE_P(Shard, Mutation, ::testing::Range<std::uint64_t>(0, kShards));

} // namespace
} // namespace ring::testing
