#include "isolated.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ring::testing {
namespace {

constexpr std::size_t kMaxFindings = 20;
constexpr rlim_t kMaxMemory = rlim_t{6} << 30; // the front end allows itself four
constexpr std::uint64_t kJobsPerChild = 25;    // Clang keeps its memory until the process ends
constexpr int kJobFailed = 3;

/// What the child tells its parent; lives in memory that both see.
struct Progress {
  volatile std::uint64_t number;
  char what[1024];
};

Progress* shared_progress() {
  void* memory =
      mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<Progress*>(memory);
}

/// Ends the process if it computes for longer than that; a busy machine makes no difference.
void set_deadline(unsigned seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = seconds;
  setitimer(ITIMER_PROF, &timer, nullptr);
}

[[noreturn]] void work(Progress& progress, std::uint64_t begin, std::uint64_t end,
                       unsigned deadline_s, const std::function<std::string(std::uint64_t)>& job) {
  const rlimit memory{kMaxMemory, kMaxMemory};
  setrlimit(RLIMIT_AS, &memory);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDERR_FILENO);
  for (std::uint64_t number = begin; number < end; ++number) {
    progress.number = number;
    set_deadline(deadline_s);
    const std::string what = job(number);
    if (what.empty()) continue;
    std::snprintf(progress.what, sizeof progress.what, "%s", what.c_str());
    _exit(kJobFailed);
  }
  _exit(0);
}

std::string describe(int status, unsigned deadline_s, const Progress& progress) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == kJobFailed) return progress.what;
  if (WIFEXITED(status)) return "exit " + std::to_string(WEXITSTATUS(status));
  if (WTERMSIG(status) == SIGPROF) return "no answer in " + std::to_string(deadline_s) + " s";
  return "signal " + std::to_string(WTERMSIG(status));
}

} // namespace

std::vector<Finding> run_isolated(std::uint64_t begin, std::uint64_t end, unsigned deadline_s,
                                  const std::function<std::string(std::uint64_t)>& job) {
  std::vector<Finding> findings;
  Progress* progress = shared_progress();
  if (!progress) return {{begin, "no shared memory"}};
  while (begin < end && findings.size() < kMaxFindings) {
    progress->number = begin;
    progress->what[0] = '\0';
    const pid_t child = fork();
    const std::uint64_t child_end = std::min(end, begin + kJobsPerChild);
    if (child == 0) work(*progress, begin, child_end, deadline_s, job);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
      begin = child_end;
      continue;
    }
    findings.push_back({progress->number, describe(status, deadline_s, *progress)});
    begin = progress->number + 1;
  }
  munmap(progress, sizeof(Progress));
  return findings;
}

} // namespace ring::testing
