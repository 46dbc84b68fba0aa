// The exec suite: every case on every executor. Tests are named <executor>.<module>_<case>:
//
//   exec_test --gtest_filter='dawn.*'                    one executor
//   exec_test --gtest_filter='*.vector_ops_saxpy*'       one kernel everywhere
//   exec_test --one-process                              no child processes, for a debugger
//
// RINGCC_REQUIRE_ALL_EXECUTORS=1 makes an executor that is not there a failure instead of a skip.
// RINGCC_EXEC_RESULTS=<folder> keeps the records for exec_table.
#include "../cases/all.h"
#include "session.h"
#include "supervisor.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <set>

namespace ring::exec {
namespace {

// Longer than any executor waits for its device. Mesa compiles the largest module for a minute on a
// quiet machine.
constexpr unsigned kTestSeconds = 300;
constexpr int kMaxCrashes = 40;

/// A test that is made of what it does.
class FunctionTest : public testing::Test {
public:
  explicit FunctionTest(std::function<void()> body) : body_(std::move(body)) {}
  void TestBody() override {
    restart_watchdog(kTestSeconds);
    body_();
    restart_watchdog(0);
  }

private:
  std::function<void()> body_;
};

void register_test(const std::string& suite, const std::string& name, std::function<void()> body) {
  testing::RegisterTest(
      suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
      [body = std::move(body)]() -> testing::Test* { return new FunctionTest(body); });
}

bool are_all_required() {
  const char* const value = std::getenv("RINGCC_REQUIRE_ALL_EXECUTORS");
  return value && std::strcmp(value, "1") == 0;
}

void check_executor(Session& session, const ExecutorEntry& entry) {
  const std::string why_not = session.open(entry);
  if (why_not.empty()) return;
  if (are_all_required() && entry.required) FAIL() << entry.name << ": " << why_not;
  GTEST_SKIP() << entry.name << ": " << why_not;
}

void check_case(Session& session, const ExecutorEntry& entry, const CaseEntry& which) {
  const Record record = session.run(entry, which);
  switch (record.status) {
  case Status::pass:
    return;
  case Status::unsupported:
    GTEST_SKIP() << "unsupported: " << record.reason;
  case Status::known:
    GTEST_SKIP() << "known failure: " << record.reason;
  case Status::missing:
    GTEST_SKIP() << "no executor: " << record.reason;
  case Status::fail:
  case Status::crash:
    FAIL() << record.reason << "\n  largest error " << record.max_error << " " << record.metric;
  }
}

int run_tests(const std::filesystem::path& results) {
  Session session(results, read_known_failures(RINGCC_KNOWN_FAILURES));
  const std::vector<CaseEntry> cases = all_cases();
  const Records done = read_records(results); // of processes that crashed before this one
  for (const ExecutorEntry& entry : all_executors()) {
    const std::string suite(entry.name);
    register_test(suite, "is_there", [&] { check_executor(session, entry); });
    for (const CaseEntry& which : cases) {
      const std::string name = which.info.module + "_" + which.info.name;
      if (!done.contains({suite, name}))
        register_test(suite, name, [&] { check_case(session, entry, which); });
    }
  }
  return RUN_ALL_TESTS();
}

/// Records are only about this run: those of earlier ones go, for the executors that it runs.
std::filesystem::path fresh_results() {
  if (const char* given = std::getenv("RINGCC_EXEC_RESULTS")) {
    const std::string filter = testing::GTEST_FLAG(filter);
    for (const ExecutorEntry& entry : all_executors())
      if (filter == "*" || filter.starts_with(std::string(entry.name) + "."))
        std::filesystem::remove(std::filesystem::path(given) /
                                (std::string(entry.name) + ".jsonl"));
    return given;
  }
  std::string pattern = (std::filesystem::temp_directory_path() / "ringcc-exec-XXXXXX").string();
  return ::mkdtemp(pattern.data()) ? pattern : std::string("exec-results");
}

bool report_crash(const std::filesystem::path& results, int signal, int& crashes) {
  std::printf("[  CRASHED ] by signal %d (%s)\n", signal, ::strsignal(signal));
  for (const auto& [key, record] : read_records(results))
    if (record.status == Status::crash)
      std::printf("[  CRASHED ] %s.%s\n", key.first.c_str(), key.second.c_str());
  return ++crashes < kMaxCrashes;
}

} // namespace
} // namespace ring::exec

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(list_tests)) return ring::exec::run_tests({});
  const char* const given = std::getenv("RINGCC_EXEC_RESULTS");
  const std::filesystem::path results = ring::exec::fresh_results();
  if (argc > 1 && std::strcmp(argv[1], "--one-process") == 0) return ring::exec::run_tests(results);
  int crashes = 0;
  const int status = ring::exec::run_supervised(
      [&] { return ring::exec::run_tests(results); },
      [&](int signal) { return ring::exec::report_crash(results, signal, crashes); });
  if (!given) std::filesystem::remove_all(results);
  return status;
}
