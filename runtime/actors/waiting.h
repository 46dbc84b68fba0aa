// How the host waits for a device: with an end, and first at once, then with ever longer sleeps.
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace ring::runtime {

class Deadline {
public:
  using Clock = std::chrono::steady_clock;

  /// A year stands for every longer time.
  explicit Deadline(std::chrono::microseconds timeout)
      : at_(Clock::now() + std::min<std::chrono::microseconds>(timeout, std::chrono::years(1))) {}

  bool has_passed() const { return Clock::now() >= at_; }
  std::chrono::microseconds left() const {
    return std::max(std::chrono::duration_cast<std::chrono::microseconds>(at_ - Clock::now()),
                    std::chrono::microseconds(0));
  }

private:
  Clock::time_point at_;
};

class Backoff {
public:
  void pause() {
    ++turn_;
    if (turn_ <= kSpins) return relax();
    if (turn_ <= kSpins + kYields) return std::this_thread::yield();
    std::this_thread::sleep_for(sleep_);
    sleep_ = std::min(2 * sleep_, kLongest);
  }

private:
  static constexpr unsigned kSpins = 100;
  static constexpr unsigned kYields = 100;
  static constexpr std::chrono::microseconds kLongest{500};

  static void relax() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
  }

  unsigned turn_ = 0;
  std::chrono::microseconds sleep_{10};
};

} // namespace ring::runtime
