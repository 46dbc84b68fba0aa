// Random damage to the text of modules: the parser and the verifier say what is wrong and never
// crash, and whatever they accept survives printing. The damage is the same on each run.
#include "ir/equal.h"
#include "ir/json.h"
#include "ir/lexer.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/unit/ir/sample_modules.h"

#include <gtest/gtest.h>

#include <random>

namespace ring::ir {
namespace {

struct Tally {
  int parsed = 0;
  int verified = 0;
};

/// Everything that a text goes through.
void exercise(const std::string& text, Tally& tally) {
  Result<Module> module = parse(text, "fuzz.rir");
  if (!module) {
    const Diagnostic& d = module.diagnostics().front();
    ASSERT_EQ(static_cast<int>(d.id) / 1000, 4);
    ASSERT_TRUE(d.loc.valid());
    return;
  }
  ++tally.parsed;
  const std::string printed = print(*module);
  to_json(*module);
  (void)verify(*module, CapabilitySet{}); // on its way it prints what it complains about
  if (!verify(*module, all_capabilities())) return;
  ++tally.verified;
  Result<Module> again = parse(printed, "again.rir");
  ASSERT_TRUE(again) << again.diagnostics().front().message << "\n" << printed;
  ASSERT_TRUE(equal(*module, *again)) << printed;
  ASSERT_EQ(print(*again), printed);
}

class Mutator {
public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string mutate(std::string_view text) {
    std::string result(text);
    const std::size_t rounds = 1 + pick(3);
    for (std::size_t i = 0; i < rounds; ++i) {
      switch (pick(3)) {
      case 0:
        bytes(result);
        break;
      case 1:
        tokens(result);
        break;
      default:
        lines(result);
        break;
      }
    }
    return result;
  }

private:
  std::size_t pick(std::size_t count) { return count == 0 ? 0 : random_() % count; }

  void bytes(std::string& text) {
    const std::size_t at = pick(text.size());
    switch (pick(4)) {
    case 0:
      text.insert(at, 1, static_cast<char>(random_()));
      break;
    case 1:
      text.erase(at, 1 + pick(4));
      break;
    case 2:
      text.insert(at, 1, R"(%@!(){}<>,.:-+*&"0129xe#)"[pick(24)]);
      break;
    default:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << pick(8)));
    }
  }

  void tokens(std::string& text) {
    const Result<std::vector<Token>> lexed = lex(text);
    if (!lexed || lexed->size() < 3) return;
    const auto token = [&]() -> const Token& { return (*lexed)[pick(lexed->size() - 1)]; };
    // Most often a name or a number for another, so that the text may still make sense.
    const bool gentle = pick(4) != 0;
    const auto is_gentle = [](const Token& t) {
      return t.is(Token::Kind::local) || t.is(Token::Kind::number) || t.is(Token::Kind::location);
    };
    const Token* chosen = &token();
    for (int i = 0; gentle && i < 50 && !is_gentle(*chosen); ++i)
      chosen = &token();
    const Token& victim = *chosen;
    const Token* substitute = &token();
    for (int i = 0; gentle && i < 50 && substitute->kind != victim.kind; ++i)
      substitute = &token();
    const std::string_view old = victim.text;
    const std::string other(substitute->text);
    const std::size_t at = static_cast<std::size_t>(old.data() - text.data());
    switch (pick(3)) {
    case 0:
      text.replace(at, old.size(), other);
      break;
    case 1:
      text.insert(at, other + " ");
      break;
    default:
      text.erase(at, old.size());
      break;
    }
  }

  void lines(std::string& text) {
    const auto line_at = [&](std::size_t position) {
      const std::size_t begin = text.rfind('\n', position);
      const std::size_t end = text.find('\n', position);
      const std::size_t first = begin == text.npos ? 0 : begin + 1;
      return std::pair(first, (end == text.npos ? text.size() : end + 1) - first);
    };
    const auto [from, length] = line_at(pick(text.size()));
    if (from >= text.size()) return;
    const std::string line = text.substr(from, length);
    if (pick(2) == 0) text.erase(from, length);
    text.insert(line_at(pick(text.size())).first, line);
  }

  std::mt19937 random_;
};

TEST(Fuzz, TenThousandMutations) {
  Tally tally;
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const std::string_view samples[] = {kSaxpy, kEverything, kActors, kEverything};
    const std::string text = Mutator(seed).mutate(samples[seed % 4]);
    exercise(text, tally);
    ASSERT_FALSE(HasFatalFailure()) << "seed " << seed << "\n" << text;
  }
  // Otherwise the damage is so great that only the parser's first checks are tested.
  EXPECT_GT(tally.parsed, 300);
  EXPECT_GT(tally.verified, 250);
}

TEST(Fuzz, EveryTruncation) {
  Tally tally;
  for (std::string_view sample : {kEverything, kActors}) {
    for (std::size_t size = 0; size < sample.size(); ++size) {
      exercise(std::string(sample.substr(0, size)), tally);
      ASSERT_FALSE(HasFatalFailure()) << "the first " << size << " bytes of\n" << sample;
    }
  }
}

TEST(Fuzz, NoTextAtAll) {
  for (std::string_view text : {"", "\n", "//", "\"", "%", "!", "module", "\0", "\xff\xfe"}) {
    Tally tally;
    exercise(std::string(text), tally);
  }
}

} // namespace
} // namespace ring::ir
