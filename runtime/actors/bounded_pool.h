// Runs the crews of the bounded schedule while they have work, and sleeps when they have none.
#pragma once

#include "actors/crew.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace ring::runtime {

/// Any thread may call any member. Threads start with the first crew.
class BoundedPool {
public:
  BoundedPool(std::shared_ptr<Device> device, std::shared_ptr<Arena> arena);
  ~BoundedPool();
  BoundedPool(const BoundedPool&) = delete;
  BoundedPool& operator=(const BoundedPool&) = delete;

  void add(std::weak_ptr<Crew> crew);
  /// There may be work: the caller has published it.
  void wake();
  /// wake(), if a crew has work that nobody told of: kernels of other schedules cannot.
  void look();
  /// Ends the threads; those that are inside a slice after that time are left to themselves.
  Status stop(std::chrono::microseconds timeout);

private:
  /// Shared with the threads, so that one that does not end has all that it needs.
  struct State {
    std::shared_ptr<Device> device;
    std::shared_ptr<Arena> arena;
    bool in_turns = false; // one launch for all ready actors, not one for each

    std::atomic<bool> quit = false;
    std::atomic<std::uint32_t> sleepers = 0;
    std::mutex mutex;
    std::condition_variable changed;
    std::uint64_t wakes = 0;                // guarded by mutex
    unsigned inside = 0;                    // guarded by mutex; threads
    std::vector<std::weak_ptr<Crew>> crews; // guarded by mutex
    std::atomic<std::uint64_t> version = 0; // of crews

    void work();
    Crew::Turn run(std::vector<std::weak_ptr<Crew>>& mine);
    bool has_ready(const std::vector<std::weak_ptr<Crew>>& mine) const;
    void wake(bool all);
  };

  std::shared_ptr<State> state_;
  std::mutex mutex_;
  std::vector<std::thread> threads_; // guarded by mutex_
};

} // namespace ring::runtime
