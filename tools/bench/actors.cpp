// How long a message takes, there and back, next to what two threads need without an actor and to
// what a launch with its wait takes. A round trip counts when its answer has been received.
//
//   ./tools/dev bench actors      medians of repetitions in random order, their spread, and ratios
#include <ring/runtime.h>

#include "echo.ring.h"

#include <benchmark/benchmark.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <mutex>
#include <queue>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace {

struct alignas(64) Line {
  std::atomic<std::uint32_t> word{0};
};

/// The floor: two threads that hand a cache line to each other.
void cache_line(benchmark::State& state) {
  Line there, back;
  std::jthread other([&](const std::stop_token& stop) {
    for (std::uint32_t turn = 1; !stop.stop_requested(); ++turn) {
      while (there.word.load(std::memory_order_acquire) != turn)
        if (stop.stop_requested()) return;
      back.word.store(turn, std::memory_order_release);
    }
  });
  std::uint32_t turn = 0;
  for (auto _ : state) {
    there.word.store(++turn, std::memory_order_release);
    while (back.word.load(std::memory_order_acquire) != turn) {}
  }
}

/// What a program would write itself: a queue with a lock, whose receiver sleeps.
class LockedQueue {
public:
  void push(Ball ball) {
    {
      const std::lock_guard lock(mutex_);
      balls_.push(ball);
    }
    came_.notify_one();
  }
  Ball pop() {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [&] { return !balls_.empty(); });
    const Ball ball = balls_.front();
    balls_.pop();
    return ball;
  }

private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::queue<Ball> balls_;
};

void locked_queue(benchmark::State& state) {
  constexpr std::uint32_t kEnd = 0xFFFFFFFF;
  LockedQueue there, back;
  std::jthread other([&] {
    for (Ball ball = there.pop(); ball.hits != kEnd; ball = there.pop())
      back.push({ball.hits + 1});
  });
  Ball ball{0};
  for (auto _ : state) {
    there.push(ball);
    ball = back.pop();
  }
  there.push({kEnd});
}

ring::Runtime& runtime(ring::Backend backend) {
  static std::map<ring::Backend, ring::Runtime> runtimes;
  auto found = runtimes.find(backend);
  if (found == runtimes.end())
    found = runtimes.emplace(backend, ring::Runtime::create({.backend = backend})).first;
  return found->second;
}

void actor_call(benchmark::State& state, ring::Backend backend, ring::Schedule schedule) {
  auto launched = runtime(backend).try_launch(echo::echo, {.schedule = schedule});
  if (!launched) return state.SkipWithError(launched.error().what());
  auto actor = *launched;
  Ball ball{0};
  for (auto _ : state) {
    actor.send(ball);
    ball = actor.receive<Ball>();
  }
  actor.terminate();
}

/// One launch for each message instead of an actor.
void launch_and_wait(benchmark::State& state, ring::Backend backend) {
  ring::Runtime& rt = runtime(backend);
  auto x = rt.alloc<std::uint32_t>(1);
  for (auto _ : state)
    rt.run(echo::nothing, {.threads = 1}, x);
}

/// Messages a second, in groups of `state.range(0)`, all answered.
void actor_rate(benchmark::State& state, ring::Backend backend, ring::Schedule schedule) {
  auto launched = runtime(backend).try_launch(echo::echo, {.schedule = schedule});
  if (!launched) return state.SkipWithError(launched.error().what());
  auto actor = *launched;
  const std::vector<Ball> balls(static_cast<std::size_t>(state.range(0)));
  constexpr int kGroups = 8;
  for (auto _ : state) {
    for (int group = 0; group < kGroups; ++group)
      actor.send(std::span<const Ball>(balls));
    for (std::size_t i = 0; i < kGroups * balls.size(); ++i)
      benchmark::DoNotOptimize(actor.receive<Ball>());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * kGroups);
  actor.terminate();
}

/// The usual table, and the medians by name for the ratios.
class Reporter : public benchmark::ConsoleReporter {
public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs)
      if (run.aggregate_name == "median")
        medians_[run.run_name.function_name] = run.GetAdjustedRealTime();
  }

  void print_ratios() const {
    for (const auto& [name, baseline] : {std::pair{"call/cpu/persistent", "cache_line"},
                                         {"call/cpu/persistent", "locked_queue"},
                                         {"call/cpu/bounded", "locked_queue"},
                                         {"call/vulkan/persistent", "launch/vulkan"},
                                         {"call/vulkan/bounded", "launch/vulkan"}}) {
      const auto ours = medians_.find(name);
      const auto theirs = medians_.find(baseline);
      if (ours != medians_.end() && theirs != medians_.end())
        std::printf("%s takes %.2f times what %s takes\n", name, ours->second / theirs->second,
                    baseline);
    }
  }

private:
  std::map<std::string, double> medians_;
};

void add_all() {
  using benchmark::RegisterBenchmark;
  const auto wall = [](benchmark::internal::Benchmark* each) {
    each->UseRealTime()->Unit(benchmark::kMicrosecond);
  };
  wall(RegisterBenchmark("cache_line", cache_line));
  wall(RegisterBenchmark("locked_queue", locked_queue));
  for (const auto& [name, backend] :
       {std::pair{"cpu", ring::Backend::cpu}, {"vulkan", ring::Backend::vulkan}}) {
    const std::string on = std::string("/") + name;
    wall(RegisterBenchmark(("launch" + on).c_str(), launch_and_wait, backend));
    for (const ring::Schedule schedule : {ring::Schedule::persistent, ring::Schedule::bounded}) {
      const std::string where = on + "/" + std::string(ring::name_of(schedule));
      wall(RegisterBenchmark(("call" + where).c_str(), actor_call, backend, schedule));
      wall(RegisterBenchmark(("rate" + where).c_str(), actor_rate, backend, schedule)
               ->Arg(1)
               ->Arg(16)
               ->Arg(64));
    }
  }
}

} // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  add_all();
  Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  reporter.print_ratios();
  benchmark::Shutdown();
  return 0;
}
