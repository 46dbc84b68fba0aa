#include "ringcc_process.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ring::testing {
namespace {

using Json = nlohmann::json;

[[noreturn]] void become_ringcc(const std::vector<std::string>& arguments,
                                const std::string& folder, int error_pipe) {
  const int nowhere = open("/dev/null", O_RDWR);
  dup2(nowhere, STDIN_FILENO);
  dup2(nowhere, STDOUT_FILENO);
  dup2(error_pipe, STDERR_FILENO);
  std::vector<std::string> words{RINGCC_PROGRAM, "--diagnostics-format=json"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  if (chdir(folder.c_str()) == 0) execv(argv[0], argv.data());
  _exit(127);
}

void read_reports(Outcome& outcome) {
  const Json list = Json::parse(outcome.raw, nullptr, /*allow_exceptions=*/false);
  if (!list.is_array()) return;
  outcome.is_json = true;
  const auto report = [&](const std::string& severity, const std::string& id, const Json& item) {
    Reported reported{severity, id, {}, 0, item.at("message")};
    if (const Json& place = item.at("location"); !place.is_null()) {
      reported.file = place.at("file");
      reported.line = place.at("line");
    }
    outcome.reported.push_back(std::move(reported));
  };
  for (const Json& item : list) {
    report(item.at("severity"), item.at("id"), item);
    for (const Json& note : item.at("notes"))
      report("note", item.at("id"), note);
  }
}

} // namespace

Outcome run_ringcc(const std::vector<std::string>& arguments, const std::string& folder) {
  Outcome outcome;
  int ends[2];
  if (pipe(ends) != 0) return outcome;
  const pid_t child = fork();
  if (child == 0) become_ringcc(arguments, folder, ends[1]);
  close(ends[1]);
  char buffer[4096];
  for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
    outcome.raw.append(buffer, static_cast<std::size_t>(got));
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  read_reports(outcome);
  return outcome;
}

} // namespace ring::testing
