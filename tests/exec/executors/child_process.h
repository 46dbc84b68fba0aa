// A program that is asked and answers, one line each, through its standard input and output. It
// ends when this object does, and no wait for it is without an end.
//
//   std::string why_not;
//   auto child = ChildProcess::start({.command = {"node", "driver.mjs", "dawn"}}, why_not);
//   child->write_line("{…}", deadline);
//   std::optional<std::string> answer = child->read_line(deadline);
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace ring::exec {

using Deadline = std::chrono::steady_clock::time_point;

class ChildProcess {
public:
  struct Options {
    std::vector<std::string> command; ///< program (a path) and arguments
    std::vector<std::pair<std::string, std::string>>
        environment; ///< set on top of this process's own
  };

  /// Null and the reason if the program cannot be started.
  static std::unique_ptr<ChildProcess> start(const Options& options, std::string& why_not);
  /// Closes the child's input, which asks it to end; kills it after two seconds.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// False when the child has gone or the deadline has passed.
  bool write_line(const std::string& line, Deadline deadline);
  /// Nothing when the child has gone or the deadline has passed.
  std::optional<std::string> read_line(Deadline deadline);

private:
  ChildProcess(pid_t pid, int input, int output) : pid_(pid), input_(input), output_(output) {}

  pid_t pid_;
  int input_;  // written by us
  int output_; // read by us
  std::string unread_;
};

} // namespace ring::exec
