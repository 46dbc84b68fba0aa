// The host's hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014), and the wall
// clock that the host shows the device.
#pragma once

#include <ring/abi/timestamp.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>

namespace ring::runtime {

/// µs since the epoch.
std::uint64_t wall_now();

/// Any thread; the mutex makes the two words of the state one.
class HostClock {
public:
  explicit HostClock(std::uint64_t max_drift_us) : max_drift_us_(max_drift_us) {}

  /// After one more event: later than every moment that was given before.
  Timestamp tick(std::uint64_t wall);
  Timestamp now() const;
  /// A message of that moment came. Without effect, and with how far it is ahead (µs) as result,
  /// when that is more than the clock allows.
  std::optional<std::uint64_t> update(std::uint64_t wall, const Timestamp& received);

private:
  mutable std::mutex mutex_;
  std::uint64_t physical_ = 0; // guarded by mutex_
  std::uint64_t logical_ = 0;  // guarded by mutex_
  const std::uint64_t max_drift_us_;
};

/// Writes the arena's wall words, if no other thread is at it. The calling thread has the arena
/// attached.
class WallWords {
public:
  void show(std::uint64_t wall);

private:
  std::atomic_flag busy_;
};

} // namespace ring::runtime
