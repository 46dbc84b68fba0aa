// The list of cases that are known to fail, known_failures.txt: a line has the executor, the test
// and the reason. A case on it is expected to fail, so one that passes is a failure.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>

namespace ring::exec {

/// The reason by executor and test name. Throws std::runtime_error on a line without a reason.
using KnownFailures = std::map<std::pair<std::string, std::string>, std::string>;
KnownFailures read_known_failures(const std::filesystem::path& file);

} // namespace ring::exec
