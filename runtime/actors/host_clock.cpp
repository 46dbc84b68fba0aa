#include "actors/host_clock.h"

#include "ring/protocol/host.h"

#include <algorithm>
#include <chrono>

namespace ring::runtime {

std::uint64_t wall_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

Timestamp HostClock::tick(std::uint64_t wall) {
  const std::lock_guard lock(mutex_);
  if (wall > physical_) {
    physical_ = wall;
    logical_ = 0;
  } else {
    ++logical_;
  }
  return {physical_, logical_, 0};
}

Timestamp HostClock::now() const {
  const std::lock_guard lock(mutex_);
  return {physical_, logical_, 0};
}

std::optional<std::uint64_t> HostClock::update(std::uint64_t wall, const Timestamp& received) {
  if (received.physical > wall + max_drift_us_) return received.physical - wall;
  const std::lock_guard lock(mutex_);
  const std::uint64_t latest = std::max({wall, physical_, received.physical});
  if (latest == physical_ && latest == received.physical)
    logical_ = std::max(logical_, received.logical) + 1;
  else if (latest == physical_)
    ++logical_;
  else if (latest == received.physical)
    logical_ = received.logical + 1;
  else
    logical_ = 0;
  physical_ = latest;
  return std::nullopt;
}

void WallWords::show(std::uint64_t wall) {
  if (busy_.test_and_set(std::memory_order_acquire)) return;
  const auto high = static_cast<std::uint32_t>(wall >> 32);
  // The order is part of the layout (ArenaWord); each release pairs with an observation in
  // wall_clock().
  protocol::put(abi::kWallHighCopy, high);
  protocol::put(abi::kWallLow, static_cast<std::uint32_t>(wall));
  protocol::put(abi::kWallHigh, high);
  busy_.clear(std::memory_order_release);
}

} // namespace ring::runtime
