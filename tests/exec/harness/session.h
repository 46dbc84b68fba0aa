// One process's worth of the exec suite: executors and modules are opened when the first case needs
// them and kept, each case is run and judged, and its record is written.
#pragma once

#include "../case.h"
#include "../executors/executor.h"
#include "known_failures.h"
#include "results.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ring::exec {

class Session {
public:
  /// Records go to `results`.
  Session(std::filesystem::path results, std::vector<KnownFailure> known)
      : results_(std::move(results)), known_(std::move(known)) {}

  /// Empty if the executor is there, otherwise why it is not.
  std::string open(const ExecutorEntry& entry);
  /// Runs the case and compares with the oracle.
  Record run(const ExecutorEntry& entry, const CaseEntry& which);

private:
  void judge(Executor& executor, const Case& c, Record& record);
  const LoadedModule* module(const std::string& name, std::string& error);

  void expect_known_failure(const Executor& executor, Record& record) const;

  std::filesystem::path results_;
  std::vector<KnownFailure> known_;
  std::map<std::string, Opened> executors_;
  std::map<std::string, Result<LoadedModule>> modules_;
};

} // namespace ring::exec
