// The pass manager: order, dumps, and what it says about a pass that does harm.
#include "ir/transform/pass_manager.h"

#include "ir/builder.h"
#include "ir/parser.h"

#include <gtest/gtest.h>

namespace ring::ir::transform {
namespace {

class Passes : public testing::Test {
protected:
  Passes() {
    Result<Module> parsed =
        parse("module \"m\"\n\nfunction f(%x: u32) -> u32 {\n  return %x\n}\n", "m.rir");
    module = std::move(*parsed);
    options.output = [this](std::string_view text) { output += text; };
  }

  /// Runs the passes and gives what went wrong.
  std::string run() {
    const Status status = run_passes(module, passes, options);
    if (status) return "";
    std::string text;
    for (const Diagnostic& d : status.diagnostics())
      text += code_of(d.id) + " " + d.message + "\n";
    return text;
  }

  Pass rename(std::string pass, std::string name) {
    return {std::move(pass), [name = std::move(name)](Module& m) -> Status {
              m.functions[0].name = m.functions[0].cpp_name = name;
              return Success{};
            }};
  }

  Module module;
  std::vector<Pass> passes;
  PassManagerOptions options;
  std::string output;
};

constexpr std::string_view kF = "module \"m\"\n\nfunction f(%x: u32) -> u32 {\n  return %x\n}\n\n";
constexpr std::string_view kG = "module \"m\"\n\nfunction g(%x: u32) -> u32 {\n  return %x\n}\n\n";

TEST_F(Passes, PrintBeforeAndAfter) {
  passes = {rename("first", "g"), rename("second", "h")};
  options.print_before = {"first"};
  options.print_after = {"first"};
  EXPECT_EQ(run(), "");
  EXPECT_EQ(output,
            "// IR before first\n" + std::string(kF) + "// IR after first\n" + std::string(kG));
  EXPECT_EQ(module.functions[0].name, "h");
}

TEST_F(Passes, PrintChanged) {
  passes = {rename("first", "f"), rename("second", "g")};
  options.print_changed = true;
  EXPECT_EQ(run(), "");
  EXPECT_EQ(output, "// IR after first: unchanged\n// IR after second\n" + std::string(kG));
}

TEST_F(Passes, StopAfterAndTiming) {
  passes = {rename("first", "g"), rename("second", "h")};
  options.stop_after = "first";
  std::vector<std::string> timed;
  options.timing = [&](std::string_view pass, double seconds) {
    EXPECT_GE(seconds, 0);
    timed.emplace_back(pass);
  };
  EXPECT_EQ(run(), "");
  EXPECT_EQ(module.functions[0].name, "g");
  EXPECT_EQ(timed, std::vector<std::string>{"first"});
}

TEST_F(Passes, KnowsTheNamesOfPasses) {
  passes = {rename("first", "g")};
  options.stop_after = "lower-params"; // another target's
  EXPECT_EQ(run(), "");
  options.print_after = {"frist"};
  EXPECT_EQ(run(), "RC5001 there is no pass 'frist' (see ringcc --list-passes)\n");
}

TEST_F(Passes, ErrorsEndTheRun) {
  passes = {
      {"refuse",
       [](Module&) -> Status { return error(DiagnosticId::missing_capability, {}, "cannot"); }},
      rename("second", "h")};
  EXPECT_EQ(run(), "RC3001 cannot\n");
  EXPECT_EQ(module.functions[0].name, "f");
}

TEST_F(Passes, VerifyEachBlamesThePass) {
  passes = {{"break-it", [](Module& m) -> Status {
               Builder b(m);
               b.set_block(&m.functions[0].body);
               b.break_();
               return Success{};
             }}};
  options.verify_each = true;
  EXPECT_EQ(run(), "RC2901 internal error: the pass 'break-it' broke a rule of the IR\n"
                   "RC2001 a break that no loop or switch is around (in 'f')\n");
}

TEST_F(Passes, VerifyRoundtripBlamesThePass) {
  passes = {{"take-away", [](Module& m) -> Status {
               m.functions[0].params.clear();
               return Success{};
             }}};
  options.verify_roundtrip = true;
  EXPECT_EQ(run(),
            "RC2901 internal error: the pass 'take-away' left a module whose text does not parse\n"
            "RC4001 line 4 of the dump: no local of this name is declared before\n");
}

} // namespace
} // namespace ring::ir::transform
