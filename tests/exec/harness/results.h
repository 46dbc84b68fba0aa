// What became of each case on each executor: one JSON object a line in <folder>/<executor>.jsonl,
// written as it happens, so that a crash loses nothing. A case is written as `crash` before it
// runs; its last line counts.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ring::exec {

enum class Status {
  pass,
  unsupported, ///< the target or the device cannot do it, and says so
  known,       ///< fails for a reason that known_failures.txt gives
  missing,     ///< there is no such executor on this machine
  fail,
  crash, ///< the process that ran it died, or did not come to an end
};

struct Record {
  std::string row, module, name; ///< as in CaseInfo
  std::vector<std::string> kernels;
  std::string executor;
  Status status = Status::crash;
  std::string reason;   ///< of anything but a pass
  double max_error = 0; ///< largest distance to the oracle …
  std::string metric;   ///< … in this metric
  double seconds = 0;   ///< on the executor, buffers there and back included

  /// Unique on its executor.
  std::string test_name() const { return module + "_" + name; }
};

const char* name_of(Status status);

/// Appends. The folder is created when needed.
void append_record(const std::filesystem::path& folder, const Record& record);

/// By executor and test name, the last line of each.
using Records = std::map<std::pair<std::string, std::string>, Record>;
/// All files of the folder, or that of one executor. Lines that are no records are left out.
Records read_records(const std::filesystem::path& folder, const std::string& executor = {});

} // namespace ring::exec
