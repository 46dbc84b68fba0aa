#include "supervisor.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include <sys/wait.h>
#include <unistd.h>

namespace ring::exec {

int run_supervised(const std::function<int()>& run,
                   const std::function<bool(int signal)>& crashed) {
  bool all_ok = true;
  for (;;) {
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child < 0) return 1;
    if (child == 0) std::exit(run());
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (WIFEXITED(status)) return all_ok ? WEXITSTATUS(status) : 1;
    all_ok = false;
    if (!crashed(WTERMSIG(status))) return 1;
  }
}

void restart_watchdog(unsigned seconds) { ::alarm(seconds); }

} // namespace ring::exec
