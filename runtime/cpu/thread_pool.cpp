#include "cpu/thread_pool.h"

#include <algorithm>

namespace ring::runtime::cpu {

ThreadPool::ThreadPool(unsigned threads) {
  for (unsigned i = 1; i < threads; ++i)
    workers_.emplace_back([this] { work(); });
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
  }
  job_changed_.notify_all();
  for (std::thread& worker : workers_)
    worker.join();
}

ThreadPool::Outcome ThreadPool::run(std::uint64_t count,
                                    const std::function<void(std::uint64_t)>& body,
                                    Clock::time_point deadline) {
  const std::uint64_t threads = workers_.size() + 1;
  // Eight turns a thread even out blocks of unequal cost; more than 64 blocks a turn save nothing.
  Job job{
      count, std::clamp<std::uint64_t>(count / (threads * 8), 1, 64), body, deadline, {}, {}, {},
      {}};
  const bool alone = workers_.empty() || count == 1;
  if (!alone) {
    const std::lock_guard lock(mutex_);
    job_ = &job;
    ++turn_;
    job_changed_.notify_all();
  }
  take_part(job);
  {
    // A worker that has not joined by now never sees the job; those inside are waited for. The
    // mutex also makes their writes visible here.
    std::unique_lock lock(mutex_);
    job_ = nullptr;
    worker_left_.wait(lock, [this] { return inside_ == 0; });
  }
  if (job.failure) std::rethrow_exception(job.failure);
  return job.timed_out ? Outcome::timed_out : Outcome::done;
}

void ThreadPool::work() {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    job_changed_.wait(lock, [&] { return quit_ || (job_ && turn_ != seen); });
    if (quit_) return;
    seen = turn_;
    Job& job = *job_;
    ++inside_;
    lock.unlock();
    take_part(job);
    lock.lock();
    if (--inside_ == 0) worker_left_.notify_one();
  }
}

void ThreadPool::take_part(Job& job) {
  try {
    while (!job.stop) {
      const std::uint64_t begin = job.next.fetch_add(job.chunk);
      if (begin >= job.count) return;
      const std::uint64_t end = std::min(begin + job.chunk, job.count);
      for (std::uint64_t i = begin; i < end; ++i) {
        if (Clock::now() >= job.deadline) {
          job.timed_out = true;
          job.stop = true;
          return;
        }
        job.body(i);
      }
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!job.failure) job.failure = std::current_exception();
    job.stop = true;
  }
}

} // namespace ring::runtime::cpu
