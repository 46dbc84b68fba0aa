// Errors that have no place in a file: options, paths, permissions.
#include "ringcc_process.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace ring::testing {
namespace {

namespace fs = std::filesystem;

/// A folder of its own with a kernel that is right, `good.cpp`.
class CommandLine : public ::testing::Test {
protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "ringcc-diagnostics-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    write("good.cpp", "#include <ring/kernel.h>\n"
                      "RING_GLOBAL(.block = {64})\n"
                      "void fill(ring::span<int> out) { out[0] = 1; }\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }

  /// ringcc exits with 1 and reports exactly one error with that id and text.
  void expect_error(const std::vector<std::string>& arguments, const std::string& id,
                    const std::string& text) {
    const Outcome outcome = run_ringcc(arguments, folder_);
    EXPECT_EQ(outcome.exit_code, 1) << outcome.raw;
    ASSERT_TRUE(outcome.is_json) << outcome.raw;
    const auto errors = std::ranges::count(outcome.reported, "error", &Reported::severity);
    ASSERT_EQ(errors, 1) << outcome.raw;
    EXPECT_EQ(outcome.reported[0].id, id);
    EXPECT_NE(outcome.reported[0].message.find(text), std::string::npos) << outcome.raw;
  }

  fs::path folder_;
};

TEST_F(CommandLine, ARightKernelIsAccepted) {
  const Outcome outcome = run_ringcc({"good.cpp", "--out-dir=out"}, folder_);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.raw, "[]\n");
}

TEST_F(CommandLine, Inputs) {
  expect_error({"--emit=ir"}, "RC5001", "no input file");
  expect_error({"good.cpp"}, "RC5001", "say what to make");
  expect_error({"good.cpp", "good.cpp", "--emit=ir"}, "RC5001", "--emit takes one input file");
  expect_error({"none.cpp", "--emit=ir"}, "RC5002", "cannot read 'none.cpp'");
  expect_error({"none.rir", "--emit=ir"}, "RC5002", "cannot read 'none.rir'");
  expect_error({".", "--emit=ir"}, "RC5002", "Is a directory");
  expect_error({"-", "--emit=ir"}, "RC1002", "no kernel"); // an empty standard input
}

TEST_F(CommandLine, InputsOfOneStem) {
  fs::create_directory(folder_ / "other");
  fs::copy_file(folder_ / "good.cpp", folder_ / "other" / "good.cpp");
  const Outcome outcome = run_ringcc({"good.cpp", "other/good.cpp", "--out-dir=out"}, folder_);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.raw.find("'good.cpp' and 'other/good.cpp' would both write 'out/good.ring.h'"),
            std::string::npos)
      << outcome.raw;
}

TEST_F(CommandLine, EmptyIr) {
  for (const std::string text : {"", " \n\t\n", "// nothing\n"}) {
    SCOPED_TRACE(text);
    write("empty.rir", text);
    expect_error({"empty.rir", "--emit=ir"}, "RC4001", "expected module \"name\"");
  }
  write("header.rir", "module \"m\"\n");
  EXPECT_EQ(run_ringcc({"header.rir", "--emit=ir"}, folder_).exit_code, 0);
  expect_error({"header.rir", "--emit=wgsl"}, "RC1002", "no kernel in this module");
  expect_error({"header.rir", "--out-dir=out"}, "RC1002", "no kernel in this module");
}

TEST_F(CommandLine, FilesWithoutPermission) {
  fs::permissions(folder_ / "good.cpp", fs::perms::none);
  if (std::ifstream(folder_ / "good.cpp")) GTEST_SKIP() << "this user may read everything";
  expect_error({"good.cpp", "--emit=ir"}, "RC5002", "cannot read 'good.cpp'");
}

TEST_F(CommandLine, Outputs) {
  expect_error({"good.cpp", "--emit=ir", "-o", "none/out.rir"}, "RC5002", "cannot write");
  expect_error({"good.cpp", "--emit=ir", "-o", "."}, "RC5002", "cannot write");
  expect_error({"good.cpp", "--out-dir=good.cpp"}, "RC5002", "cannot make the folder");
  expect_error({"good.cpp", "--emit=ir", "-MD", "-MF", "none/d"}, "RC5002", "cannot write");
}

TEST_F(CommandLine, UnknownOptions) {
  expect_error({"good.cpp", "--emit=ir", "--fast"}, "RC5001", "unknown option '--fast'");
  expect_error({"good.cpp", "--emit=ir", "--check=3"}, "RC5001", "unknown option '--check=3'");
  expect_error({"good.cpp", "--emit"}, "RC5001", "'--emit' needs a value");
  expect_error({"good.cpp", "--emit=ir", "-o"}, "RC5001", "'-o' needs a value");
}

TEST_F(CommandLine, ValuesOfOptions) {
  const std::vector<std::pair<std::string, std::string>> kWrong{
      {"--emit=metal", "choose one of ir, ir-final, cuda"},
      {"--target=metal", "choose one of cuda, spirv, wgsl, cpu"},
      {"--bounds=maybe", "choose one of off, clamp, trap"},
      {"--target-env=vulkan9", "choose one of vulkan1.1"},
      {"--fp=exact", "choose one of strict, fast"},
      {"--namespace=9lives", "is no C++ namespace"},
      {"-Ofast", "use 0 to 3"},
      {"-xada", "choose one of c++, ir"},
      {"--kernel=none", "no kernel 'none' in good.cpp"},
      {"-std=c++99", "choose one of c++20"},
  };
  for (const auto& [option, text] : kWrong) {
    SCOPED_TRACE(option);
    expect_error({"good.cpp", "--emit=cuda", option}, "RC5001", text);
  }
}

TEST_F(CommandLine, NamesOfPasses) {
  for (const std::string option : {"--passes", "--stop-after", "--print-after", "--print-before"}) {
    SCOPED_TRACE(option);
    expect_error({"good.cpp", "--emit=cuda", option + "=wish"}, "RC5001", "'wish'");
  }
}

/// The files that ringcc wrote, as JSON: which kernels each target has.
class CommandLineActors : public CommandLine {
protected:
  void SetUp() override {
    CommandLine::SetUp();
    write("bank.cpp", R"(#include <ring/kernel.h>
struct RING_MESSAGE() Deposit { std::uint32_t account; float amount; };
struct RING_MESSAGE() Ping { std::uint32_t turn; };
struct RING_ACTOR(.name = "ledger") Ledger {
  float balance[8] = {};
  void receive(ring::Context&, const Deposit& m) { balance[m.account] += m.amount; }
};
RING_KERNEL(.name = "echo") Ping echo(ring::Context&, const Ping& ping) { return ping; }
RING_GLOBAL(.block = {64})
void fill(ring::span<int> out) { out[0] = 1; }
)");
  }
  nlohmann::json description() const {
    return nlohmann::json::parse(std::ifstream(folder_ / "out" / "bank.ring.json"));
  }
  std::vector<std::string> kernels() const {
    std::vector<std::string> names;
    const nlohmann::json json = description();
    for (const auto& kernel : json["kernels"])
      names.push_back(kernel["name"]);
    return names;
  }
};

TEST_F(CommandLineActors, RunInTwoKernels) {
  const Outcome outcome = run_ringcc({"bank.cpp", "--out-dir=out"}, folder_);
  EXPECT_EQ(outcome.raw, "[]\n");
  EXPECT_EQ(kernels(), (std::vector<std::string>{"fill", "bank_bounded", "bank_persistent"}));
}

/// WGSL has nothing to wait with, and the actors run in slices there.
TEST_F(CommandLineActors, DoWithoutTheSpareKernel) {
  const Outcome outcome = run_ringcc({"bank.cpp", "--target=wgsl", "--out-dir=out"}, folder_);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.raw, "[]\n");
  const nlohmann::json json = description();
  for (const auto& kernel : json["kernels"]) {
    const bool is_there = kernel["name"] != "bank_persistent";
    EXPECT_EQ(kernel["targets"]["wgsl"].is_string(), !is_there) << kernel.dump();
  }
}

TEST_F(CommandLineActors, AreKeptByName) {
  EXPECT_EQ(run_ringcc({"bank.cpp", "--kernel=Ledger", "--out-dir=out"}, folder_).exit_code, 0);
  EXPECT_EQ(kernels(), (std::vector<std::string>{"bank_bounded", "bank_persistent"}));
  const nlohmann::json json = description();
  ASSERT_EQ(json["actors"].size(), 1U);
  EXPECT_EQ(json["actors"][0]["name"], "ledger");
  EXPECT_EQ(run_ringcc({"bank.cpp", "--kernel=fill", "--out-dir=out"}, folder_).exit_code, 0);
  EXPECT_EQ(kernels(), (std::vector<std::string>{"fill"}));
  expect_error({"bank.cpp", "--kernel=ledger", "--emit=cuda"}, "RC5001", "no kernel 'ledger'");
}

TEST_F(CommandLineActors, ExpandBetweenTheModuleAndTheTargets) {
  for (const std::string option : {"--passes=expand-actors,pass-spans", "--stop-after=expand-actors",
                                   "--print-after=expand-actors", "--print-before=expand-actors"}) {
    SCOPED_TRACE(option);
    const std::vector<std::string> arguments{"bank.cpp", option, "--emit=ir-final", "-o", "final"};
    EXPECT_EQ(run_ringcc(arguments, folder_).exit_code, 0);
  }
}

TEST_F(CommandLine, Explain) {
  EXPECT_EQ(run_ringcc({"--explain=RC1103"}).exit_code, 0);
  expect_error({"--explain=RC9999"}, "RC5001", "there is no error id 'RC9999'");
  expect_error({"--explain=why"}, "RC5001", "ids look like");
}

/// An IR text that ends early is an error at its end, wherever it was cut; never a crash.
TEST_F(CommandLine, TruncatedIr) {
  ASSERT_EQ(run_ringcc({"good.cpp", "--emit=ir", "-o", "good.rir"}, folder_).exit_code, 0);
  std::ifstream file(folder_ / "good.rir");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t body = text.find('{');
  for (std::size_t length = body; length + 2 < text.size(); length += 7) {
    SCOPED_TRACE(text.substr(0, length));
    write("cut.rir", text.substr(0, length));
    expect_error({"cut.rir", "--emit=cuda"}, "RC4001", "");
  }
}

} // namespace
} // namespace ring::testing
