// One test for each file of cases/. A file says in comments what ringcc must report about it:
//
//   // ringcc: --target=wgsl --emit=wgsl          the options (default: --emit=ir)
//   // expected-error@+1 {{calls itself}} [RC1103]
//
// `@+n`, `@-n` or `@n` is the line; `@none` means a message without a place, `@*` one in another
// file. Every error must be expected and every expectation met; warnings and notes count only if the
// file expects one, and a note has the id of its error.
#include "ringcc_process.h"

#include "ir/diagnostic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace ring::testing {
namespace {

namespace fs = std::filesystem;

struct Expectation {
  std::string severity;
  unsigned line = 0;
  std::string text;
  std::string id;
};

struct Case {
  std::vector<std::string> options;
  std::vector<Expectation> expected;
};

constexpr unsigned kOtherFile = ~0u;

unsigned line_of(const std::string& place, unsigned here) {
  if (place.empty()) return here;
  if (place == "@none") return 0;
  if (place == "@*") return kOtherFile;
  const int number = std::stoi(place.substr(place[1] == '+' ? 2 : 1));
  return place[1] == '+' || place[1] == '-' ? here + number : static_cast<unsigned>(number);
}

Case read_case(const fs::path& path) {
  static const std::regex kExpected(
      R"(//\s*expected-(error|warning|note)(@[+-]?\d+|@none|@\*)?\s*\{\{(.*?)\}\}\s*\[(RC\d+)\])");
  static const std::string kOptions = "// ringcc: ";
  Case result;
  std::ifstream file(path);
  unsigned number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with(kOptions)) {
      std::istringstream words(line.substr(kOptions.size()));
      for (std::string word; words >> word;) result.options.push_back(word);
    }
    std::smatch match;
    for (std::string rest = line; std::regex_search(rest, match, kExpected);) {
      result.expected.push_back({match[1], line_of(match[2], number), match[3], match[4]});
      rest = match.suffix();
    }
  }
  if (result.options.empty()) result.options.push_back("--emit=ir");
  return result;
}

bool is_at(const Reported& reported, unsigned line, const std::string& file) {
  if (line == kOtherFile) return reported.line != 0 && reported.file != file;
  return reported.line == line && (line == 0 || reported.file == file);
}

bool meets(const Reported& reported, const Expectation& expected, const std::string& file) {
  return reported.severity == expected.severity && reported.id == expected.id &&
         is_at(reported, expected.line, file) &&
         reported.message.find(expected.text) != std::string::npos;
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(RINGCC_DIAGNOSTIC_CASES)) {
    const std::string suffix = entry.path().extension();
    if (suffix == ".cpp" || suffix == ".rir") names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class DiagnosticCase : public ::testing::TestWithParam<std::string> {};

TEST_P(DiagnosticCase, ReportsWhatTheFileExpects) {
  const Case expected = read_case(fs::path(RINGCC_DIAGNOSTIC_CASES) / GetParam());
  ASSERT_FALSE(expected.expected.empty()) << "the file expects nothing";
  std::vector<std::string> arguments{GetParam()};
  arguments.insert(arguments.end(), expected.options.begin(), expected.options.end());
  const Outcome outcome = run_ringcc(arguments, RINGCC_DIAGNOSTIC_CASES);
  EXPECT_EQ(outcome.exit_code, 1) << outcome.raw;
  ASSERT_TRUE(outcome.is_json) << outcome.raw;

  std::vector<Reported> left = outcome.reported;
  for (const Expectation& expectation : expected.expected) {
    const auto found = std::find_if(left.begin(), left.end(), [&](const Reported& reported) {
      return meets(reported, expectation, GetParam());
    });
    if (found == left.end()) {
      ADD_FAILURE() << "not reported: line " << expectation.line << ": " << expectation.text << " ["
                    << expectation.id << "]\n" << outcome.raw;
    } else {
      left.erase(found);
    }
  }
  for (const Reported& reported : left) {
    if (reported.severity != "error") continue;
    ADD_FAILURE() << "not expected: " << reported.file << ":" << reported.line << ": "
                  << reported.message << " [" << reported.id << "]";
  }
}

INSTANTIATE_TEST_SUITE_P(Files, DiagnosticCase, ::testing::ValuesIn(case_names()),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

/// Ids that no input may ever produce: they say that ringcc itself is wrong. The front end refuses
/// casts between pointers, so that no module has what pointer_cast is about.
const std::set<std::string> kUnreachable{"internal_error", "invalid_output", "pointer_cast"};

TEST(DiagnosticIds, EveryIdHasACase) {
  std::set<std::string> covered{"RC5001", "RC5002"}; // command_line_test.cpp
  for (const std::string& name : case_names()) {
    for (const Expectation& expected : read_case(fs::path(RINGCC_DIAGNOSTIC_CASES) / name).expected) {
      covered.insert(expected.id);
    }
  }
  for (const ir::DiagnosticRow& row : ir::diagnostic_rows()) {
    if (kUnreachable.count(std::string(row.name))) continue;
    EXPECT_TRUE(covered.count(ir::code_of(row.id))) << ir::code_of(row.id) << " " << row.name;
  }
}

} // namespace
} // namespace ring::testing
