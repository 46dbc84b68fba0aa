// Runs ringcc as a user does and reads its diagnostics as JSON.
//
//   const Outcome outcome = run_ringcc({"saxpy.cpp", "--emit=ir"});
//   EXPECT_EQ(outcome.exit_code, 1);
#pragma once

#include <string>
#include <vector>

namespace ring::testing {

/// An error, a warning, or a note of one.
struct Reported {
  std::string severity;
  std::string id; // of a note: the id of what it belongs to
  std::string file;
  unsigned line = 0; // 0: no place
  std::string message;
};

struct Outcome {
  int exit_code = -1; // 128 + n after signal n
  std::string raw;    // standard error as it came
  bool is_json = false;
  std::vector<Reported> reported;
};

/// Adds --diagnostics-format=json before `arguments`; standard output goes nowhere. `folder` is
/// where ringcc is started.
Outcome run_ringcc(const std::vector<std::string>& arguments, const std::string& folder = ".");

} // namespace ring::testing
