// Runs a numbered job again and again in child processes, so that a crash or a hang is a finding
// and not the end of the test.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ring::testing {

struct Finding {
  std::uint64_t number = 0;
  std::string what; // "signal 11", "no answer in 20 s", or what the job returned
};

/// Calls job(n) for n in [begin, end). A job returns what is wrong, or an empty string. After a
/// crash or `deadline_s` seconds of computing in one job the next child goes on behind it. Gives up
/// after 20 findings.
std::vector<Finding> run_isolated(std::uint64_t begin, std::uint64_t end, unsigned deadline_s,
                                  const std::function<std::string(std::uint64_t)>& job);

} // namespace ring::testing
