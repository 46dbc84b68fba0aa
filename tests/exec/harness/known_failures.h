// The list of cases that fail for a reason outside ringcc, known_failures.txt. A line has
//
//   executor | test | what the device's name contains | reason
//
// On such a device the case is expected to fail, so one that passes is a failure.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ring::exec {

struct KnownFailure {
  std::string executor, test, device, reason;
  bool operator==(const KnownFailure&) const = default;
};

/// Throws std::runtime_error on a line that lacks a part.
std::vector<KnownFailure> read_known_failures(const std::filesystem::path& file);

/// Null if it is not expected to fail.
const KnownFailure* find(const std::vector<KnownFailure>& known, std::string_view executor,
                         std::string_view test, std::string_view device);

} // namespace ring::exec
