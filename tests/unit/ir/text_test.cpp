// The text form: what is printed parses back to an equal module, and prints the same again.
#include "ir/clone.h"
#include "ir/equal.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "tests/unit/ir/sample_modules.h"

#include <gtest/gtest.h>

namespace ring::ir {
namespace {

std::string message_of(const Result<Module>& result) {
  if (result) return "no error";
  const Diagnostic& d = result.diagnostics().front();
  return code_of(d.id) + " " + std::to_string(d.loc.line) + ":" + std::to_string(d.loc.column) +
         " " + d.message;
}

std::string problem_of(std::string_view text) { return message_of(parse(text, "test.rir")); }

/// The problem in the body of a function with a parameter or two.
std::string problem_in(std::string_view body) {
  return problem_of("function f(%a: u32, %b: f32, %p: ptr<u32, generic, read>) {\n" +
                    std::string(body) + "\n}\n");
}

class RoundTrip : public testing::TestWithParam<std::string_view> {};

TEST_P(RoundTrip, PrintsAndParsesBack) {
  Result<Module> first = parse(GetParam(), "first.rir");
  ASSERT_TRUE(first) << message_of(first);
  const std::string text = print(*first);
  Result<Module> second = parse(text, "second.rir");
  ASSERT_TRUE(second) << message_of(second) << "\n" << text;
  EXPECT_TRUE(equal(*first, *second)) << text;
  EXPECT_EQ(print(*second), text);
}

INSTANTIATE_TEST_SUITE_P(Samples, RoundTrip, testing::Values(kSaxpy, kEverything, kActors),
                         [](const auto& info) { return "sample" + std::to_string(info.index); });

TEST(Print, KeepsCanonicalText) {
  Result<Module> saxpy = parse(kSaxpy, "saxpy.rir");
  ASSERT_TRUE(saxpy) << message_of(saxpy);
  EXPECT_EQ(print(*saxpy), kSaxpy);
  Result<Module> everything = parse(kEverything, "everything.rir");
  ASSERT_TRUE(everything) << message_of(everything);
  EXPECT_EQ(print(*everything), kEverything);
  Result<Module> actors = parse(kActors, "actors.rir");
  ASSERT_TRUE(actors) << message_of(actors);
  EXPECT_EQ(print(*actors), kActors);
}

TEST(Print, TellsActorsApart) {
  const auto changed = [](std::string_view from, std::string_view to) {
    std::string text(kActors);
    const std::size_t at = text.find(from);
    text.replace(at, from.size(), to);
    Result<Module> one = parse(kActors, "a.rir");
    Result<Module> other = parse(text, "b.rir");
    EXPECT_TRUE(one) << message_of(one);
    EXPECT_TRUE(other) << message_of(other);
    return one && other && !equal(*one, *other);
  };
  // The name comes from the file where the text does not say, and this text does.
  EXPECT_FALSE(changed("actor \"ledger\"", "actor \"ledger\""));
  EXPECT_TRUE(changed("actor \"ledger\"", "actor \"book\""));
  EXPECT_TRUE(changed("scope serial", "scope warp"));
  EXPECT_TRUE(changed("lanes 32", "lanes 64"));
  EXPECT_TRUE(changed("mailbox 1024", "mailbox 512"));
  EXPECT_TRUE(changed("mailbox 1024", "mailbox 1024 priorities"));
  EXPECT_TRUE(changed("receives Deposit 0x12345678", "receives Deposit 0x12345679"));
  EXPECT_TRUE(changed("replies \"span\" 0xfedcba98", ""));
  EXPECT_TRUE(changed("value damping word 0", "value damping word 1"));
  EXPECT_TRUE(changed("span row: @Ledger_row", "span row: @words"));
  EXPECT_TRUE(changed("route next word 1: Deposit", "route next word 1: Ledger"));
}

TEST(Print, NamesConstantsThatAreEqualWithoutTheirNames) {
  const std::string_view plain = R"(module "m"

function f(%x: u32) -> bool {
  switch (%x) {
    case 7 {
      return true
    }
  }
  return %x + 34 == 4
}
)";
  const std::string_view named = R"(module "m"

function f(%x: u32) -> bool {
  switch (%x) {
    case kIdOfPing#7 {
      return kYes#true
    }
  }
  return %x + kHead#34 == Reason_expired#4
}
)";
  Result<Module> one = parse(plain, "a.rir");
  Result<Module> other = parse(named, "b.rir");
  ASSERT_TRUE(one) << message_of(one);
  ASSERT_TRUE(other) << message_of(other);
  EXPECT_TRUE(equal(*one, *other));
  EXPECT_EQ(print(*other), named);
  EXPECT_EQ(print(clone(*other)), named);
}

TEST(Parse, GivesExpressionsThePlaceOfTheirStatement) {
  Result<Module> module = parse(kSaxpy, "saxpy.rir");
  ASSERT_TRUE(module) << message_of(module);
  const Stmt& store = *module->functions[0].body.statements[2];
  EXPECT_EQ(store.loc, (Loc{0, 7, 3}));
  EXPECT_EQ(store.as<Store>()->value->as<Binary>()->lhs->loc, store.loc);
}

TEST(Parse, SaysWhereAndWhat) {
  EXPECT_EQ(problem_in("let %x: u32 = %nowhere"),
            "RC4001 2:15 no local of this name is declared before");
  EXPECT_EQ(problem_in("let %x: u32 = %a + %b"), "RC4001 2:18 '+' on 'u32' and 'f32'");
  EXPECT_EQ(problem_in("let %x: u8 = 256"), "RC4001 2:14 a number that u8 cannot represent");
  EXPECT_EQ(problem_in("let %a: u32 = 1"),
            "RC4001 2:5 a second local of this name; write %a.2, for example");
  EXPECT_EQ(problem_in("return return"), "RC4001 2:8 no intrinsic 'return'");
  EXPECT_EQ(problem_in("eval sin(%a)"), "RC4001 2:6 operand 0 of 'sin' is 'F', not 'u32'");
  EXPECT_EQ(problem_in("store load(%p), 1"),
            "RC4001 2:7 load of 'ptr<u32, generic, read>', not a reference");
  EXPECT_EQ(problem_in("break !9:1:1"),
            "RC4001 2:7 a location in a file that the module does not list");
  EXPECT_EQ(problem_in("let %x: Nothing = 1"), "RC4001 2:9 no struct 'Nothing' is declared");
  EXPECT_EQ(problem_of("function f("),
            "RC4001 1:12 expected a parameter like %x, but the text ends here");
  EXPECT_EQ(problem_of("struct A size 1 align 1 {\n}\nstruct A size 1 align 1 {\n}\n"),
            "RC4001 3:8 a second struct 'A'");
  EXPECT_EQ(problem_of("kernel ring f() -> bool actor \"a\" scope all mailbox 1 {\n}\n"),
            "RC4001 1:41 expected the scope of an actor");
  EXPECT_EQ(problem_of("kernel ring f() actor \"a\" scope serial mailbox 1 state A {\n}\n"),
            "RC4001 1:56 no struct 'A' is declared");
  EXPECT_EQ(
      problem_of("struct A size 1 align 1 {\n}\n"
                 "kernel ring f() actor \"a\" scope serial mailbox 1 receives A 0x123456789 {"),
      "RC4001 3:61 expected a number of 32 bits");
  EXPECT_EQ(problem_of("kernel ring f() actor \"a\" scope serial mailbox 1 span row: @row {\n}\n"),
            "RC4001 1:60 expected the name of a global");
  EXPECT_EQ(problem_of("module \"a"), "RC4001 1:8 a string without its end");
}

TEST(Parse, EndsAStatementWithItsLine) {
  EXPECT_EQ(problem_in("let %x: u32 = %a\n- 1"), "RC4001 3:1 expected a statement");
  EXPECT_EQ(problem_in("let %x: u32 = %a let %y: u32 = %a"),
            "RC4001 2:18 expected the end of the line");
}

TEST(Parse, SurvivesDeepNesting) {
  const std::string open(100000, '(');
  EXPECT_NE(problem_in("let %x: u32 = " + open).find("too deeply nested"), std::string::npos);
  std::string chain = "%a";
  for (int i = 0; i < 100000; ++i)
    chain += " + %a";
  EXPECT_NE(problem_in("let %x: u32 = " + chain).find("too large"), std::string::npos);
  std::string blocks;
  for (int i = 0; i < 100000; ++i)
    blocks += "loop {\n";
  EXPECT_NE(problem_in(blocks).find("too deeply nested"), std::string::npos);
  std::string ifs = "if (true) {\n}";
  for (int i = 0; i < 100000; ++i)
    ifs += " else if (true) {\n}";
  EXPECT_NE(problem_in(ifs).find("too deeply nested"), std::string::npos);
  std::string types;
  for (int i = 0; i < 100000; ++i)
    types += "array<";
  EXPECT_NE(problem_in("var %x: " + types).find("too deeply nested"), std::string::npos);
}

} // namespace
} // namespace ring::ir
