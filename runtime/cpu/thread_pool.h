// Threads that run the blocks of a grid. The caller works too, so a pool of one has no thread of
// its own and runs everything in order.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ring::runtime::cpu {

class ThreadPool {
public:
  using Clock = std::chrono::steady_clock;
  enum class Outcome { done, timed_out };

  explicit ThreadPool(unsigned threads); // at least 1
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  /// Calls body(0) … body(count - 1), in any order and at once. Stops early when the deadline
  /// passes (it is looked at between bodies) or when a body throws; the first exception is thrown
  /// again here. One caller at a time.
  Outcome run(std::uint64_t count, const std::function<void(std::uint64_t)>& body,
              Clock::time_point deadline);

private:
  struct Job {
    std::uint64_t count;
    std::uint64_t chunk;
    const std::function<void(std::uint64_t)>& body;
    Clock::time_point deadline;
    std::atomic<std::uint64_t> next = 0;
    std::atomic<bool> stop = false;
    std::atomic<bool> timed_out = false;
    std::exception_ptr failure; // guarded by ThreadPool::mutex_
  };

  void work();
  void take_part(Job& job);

  std::mutex mutex_;
  std::condition_variable job_changed_;
  std::condition_variable worker_left_;
  Job* job_ = nullptr;     // guarded by mutex_
  std::uint64_t turn_ = 0; // guarded by mutex_; counts jobs, so that a worker joins each once
  unsigned inside_ = 0;    // guarded by mutex_; workers that hold job_
  bool quit_ = false;      // guarded by mutex_
  std::vector<std::thread> workers_;
};

} // namespace ring::runtime::cpu
