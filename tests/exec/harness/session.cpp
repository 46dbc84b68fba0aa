#include "session.h"

#include "../cases/verify.h"
#include "../executors/artefacts.h"
#include "../executors/launch_plan.h"

#include <chrono>
#include <set>

namespace ring::exec {
namespace {

using std::chrono::steady_clock;

const char* name_of(Metric metric) {
  switch (metric) {
  case Metric::exact:
    return "";
  case Metric::ulp:
    return "ulp";
  case Metric::abs:
    return "abs";
  case Metric::rel:
    return "rel";
  case Metric::ignored:
    return "";
  }
  return "";
}

/// The needs by which a target as such refuses a kernel, so that its artefact must not have it.
constexpr Needs kTargetNeeds = kF64 | kInt64Atomics | kFences | kGamma;

std::string describe(std::uint32_t needs) {
  std::string text;
  const auto add = [&](Needs need, const char* words) {
    if (needs & need) text += (text.empty() ? "" : ", ") + std::string(words);
  };
  add(kF64, "64-bit floats");
  add(kInt64Atomics, "64-bit atomics");
  add(kFloatAtomics, "atomics on floats");
  add(kWarp, "warp operations");
  add(kFences, "fences");
  add(kGamma, "the gamma function");
  return text;
}

void finish(Record& record, Status status, std::string reason) {
  record.status = status;
  record.reason = std::move(reason);
}

} // namespace

std::string Session::open(const ExecutorEntry& entry) {
  const auto [place, is_new] = executors_.try_emplace(std::string(entry.name));
  if (is_new) place->second = entry.open();
  return place->second.executor ? std::string() : place->second.why_not;
}

const LoadedModule* Session::module(const std::string& name, std::string& error) {
  const auto place = modules_.find(name);
  auto& loaded = place != modules_.end()
                     ? place->second
                     : modules_.emplace(name, load_artefacts(name)).first->second;
  if (loaded) return &*loaded;
  error = loaded.error().what();
  return nullptr;
}

Record Session::run(const ExecutorEntry& entry, const CaseEntry& which) {
  Record record;
  record.row = which.info.row;
  record.module = which.info.module;
  record.name = which.info.name;
  record.executor = entry.name;
  record.reason = "the process ended, or was ended because it took too long";
  append_record(results_, record);
  const Case c = which.make();
  std::set<std::string> kernels;
  for (const Launch& launch : c.launches)
    kernels.insert(launch.kernel);
  record.kernels.assign(kernels.begin(), kernels.end());
  if (std::string why_not = open(entry); !why_not.empty()) {
    finish(record, Status::missing, std::move(why_not));
  } else {
    Executor& executor = *executors_.at(record.executor).executor;
    judge(executor, c, record);
    expect_known_failure(executor, record);
  }
  append_record(results_, record);
  return record;
}

void Session::expect_known_failure(const Executor& executor, Record& record) const {
  const KnownFailure* const known =
      find(known_, record.executor, record.test_name(), executor.device());
  if (!known) return;
  if (record.status == Status::fail)
    finish(record, Status::known, known->reason);
  else if (record.status == Status::pass)
    finish(record, Status::fail, "passes, but known_failures.txt has it: " + known->reason);
}

void Session::judge(Executor& executor, const Case& c, Record& record) {
  std::string error;
  const LoadedModule* const loaded = module(c.info.module, error);
  if (!loaded) return finish(record, Status::fail, error);

  const std::uint32_t lacking = c.info.needs & ~executor.capabilities().has;
  if (lacking) {
    const std::string reason = reason_for_absence(*loaded, c, executor.target());
    // The compiler must have said so: a kernel that the target cannot do and that is emitted all
    // the same is wrong.
    if ((lacking & kTargetNeeds) && reason.empty())
      return finish(record, Status::fail,
                    "the artefact for " + std::string(ring::name_of(executor.target())) +
                        " has this kernel, which needs " + describe(lacking));
    return finish(record, Status::unsupported,
                  reason.empty() ? "the device has no " + describe(lacking) : reason);
  }

  const auto begin = steady_clock::now();
  const RunResult result = executor.run(*loaded, c);
  record.seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
  if (!result.error.empty()) return finish(record, Status::fail, result.error);

  const Verdict verdict = verify(c, result.memory, executor.capabilities().arithmetic);
  record.max_error = verdict.max_error;
  record.metric = name_of(verdict.metric);
  finish(record, verdict.ok ? Status::pass : Status::fail, verdict.what);
}

} // namespace ring::exec
