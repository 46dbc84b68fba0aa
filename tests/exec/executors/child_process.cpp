#include "child_process.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace ring::exec {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// False at the deadline.
bool wait_for(int file, short events, Deadline deadline) {
  for (;;) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
    if (left <= milliseconds(0)) return false;
    pollfd poll_file{file, events, 0};
    const int count = ::poll(&poll_file, 1, static_cast<int>(left.count()));
    if (count > 0) return true;
    if (count < 0 && errno != EINTR) return false;
  }
}

std::vector<std::string>
merged_environment(const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> merged;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view text(*entry);
    bool is_replaced = false;
    for (const auto& [name, value] : added)
      is_replaced |= text.starts_with(name + "=");
    if (!is_replaced) merged.emplace_back(text);
  }
  for (const auto& [name, value] : added)
    merged.push_back(name + "=" + value);
  return merged;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts)
    pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

} // namespace

std::unique_ptr<ChildProcess> ChildProcess::start(const Options& options, std::string& why_not) {
  std::signal(SIGPIPE, SIG_IGN); // a child that has gone shows as EPIPE
  int to_child[2], from_child[2];
  if (::pipe2(to_child, O_CLOEXEC) != 0 || ::pipe2(from_child, O_CLOEXEC) != 0) {
    why_not = std::string("pipe: ") + std::strerror(errno);
    return nullptr;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to_child[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from_child[1], STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  // A group of its own, so that what the child starts can be ended with it.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);

  std::vector<std::string> command = options.command,
                           environment = merged_environment(options.environment);
  pid_t pid = -1;
  const int error = ::posix_spawnp(&pid, command[0].c_str(), &actions, &attributes,
                                   pointers_to(command).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  ::close(to_child[0]);
  ::close(from_child[1]);
  if (error != 0) {
    ::close(to_child[1]);
    ::close(from_child[0]);
    why_not = command[0] + ": " + std::strerror(error);
    return nullptr;
  }
  ::fcntl(to_child[1], F_SETFL, O_NONBLOCK);
  return std::unique_ptr<ChildProcess>(new ChildProcess(pid, to_child[1], from_child[0]));
}

ChildProcess::~ChildProcess() {
  ::close(input_);
  ::close(output_);
  int status = 0;
  for (int i = 0; i < 100; ++i) {
    if (::waitpid(pid_, &status, WNOHANG) != 0) return;
    std::this_thread::sleep_for(milliseconds(20));
  }
  ::kill(-pid_, SIGKILL);
  ::waitpid(pid_, &status, 0);
}

bool ChildProcess::write_line(const std::string& line, Deadline deadline) {
  const std::string text = line + "\n";
  for (std::size_t done = 0; done < text.size();) {
    if (!wait_for(input_, POLLOUT, deadline)) return false;
    const ssize_t count = ::write(input_, text.data() + done, text.size() - done);
    if (count < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (count > 0) done += static_cast<std::size_t>(count);
  }
  return true;
}

std::optional<std::string> ChildProcess::read_line(Deadline deadline) {
  std::vector<char> chunk(1 << 16);
  std::size_t searched = 0;
  for (;;) {
    if (const std::size_t end = unread_.find('\n', searched); end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return line;
    }
    searched = unread_.size();
    if (!wait_for(output_, POLLIN, deadline)) return std::nullopt;
    const ssize_t count = ::read(output_, chunk.data(), chunk.size());
    if (count == 0 || (count < 0 && errno != EINTR)) return std::nullopt;
    if (count > 0) unread_.append(chunk.data(), static_cast<std::size_t>(count));
  }
}

} // namespace ring::exec
