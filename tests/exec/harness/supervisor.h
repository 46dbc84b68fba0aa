// Runs tests in a child process, and goes on with the rest in a new one when a test takes it down:
// kernels are native code, and one that runs astray must not hide what the others would have shown.
#pragma once

#include <functional>

namespace ring::exec {

/// Calls `run` in a child until one comes back by itself. `crashed` is called here after each child
/// that died by a signal, and says whether another one is worth it. Returns 0 if every child did
/// and returned 0.
int run_supervised(const std::function<int()>& run, const std::function<bool(int signal)>& crashed);

/// Ends the process by SIGALRM unless it is called again within that time; 0 calls it off.
void restart_watchdog(unsigned seconds);

} // namespace ring::exec
