// A stream of the imaginary GPU: a thread that does what it is given, one after the other.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace fake_cuda {

class Stream {
public:
  Stream();
  /// Waits for what was given to it, as the driver may.
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void enqueue(std::function<void()> work);
  bool is_idle();

private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> work_; // guarded by mutex_; the first is being done
  bool ends_ = false;                      // guarded by mutex_
  std::thread thread_;
};

} // namespace fake_cuda
