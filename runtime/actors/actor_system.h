// All actors of a Runtime: their arena, crews, names and clocks. Made with the Runtime; memory and
// threads come with the first launch.
//
// Any thread may call any member.
#pragma once

#include "actors/arena.h"
#include "actors/bounded_pool.h"
#include "actors/calls.h"
#include "actors/crew.h"
#include "actors/host_clock.h"
#include "actors/record.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace ring::runtime {

class ActorSystem : public std::enable_shared_from_this<ActorSystem> {
public:
  /// arena_bytes: 0 for the default.
  ActorSystem(std::shared_ptr<Device> device, std::size_t arena_bytes);
  ~ActorSystem();

  /// All or none of them.
  Result<std::vector<std::shared_ptr<const Instances>>> launch(std::span<const RawLaunch> launches);
  Result<std::shared_ptr<ActorRecord>> find(std::string_view name);
  /// Those that live, by name.
  std::vector<std::shared_ptr<ActorRecord>> list();
  /// Ends all actors, crews and threads. A second call does nothing.
  Status shutdown(std::chrono::microseconds timeout);
  bool is_shut_down() const { return shut_down_; }

  /// Its name is free again.
  void forget(const ActorRecord& record);
  /// The actor at that address, for messages to people; null for an address that is nobody's.
  std::shared_ptr<ActorRecord> at(std::uint32_t address);

  // For those that have a record, so that there is an arena:
  ring::span<std::uint32_t> words() const { return arena_->words(); }
  HostClock& clock() { return clock_; }
  Calls& calls() { return calls_; }
  /// Shows the wall clock to the device; µs since the epoch.
  std::uint64_t show_wall();
  /// A message with that stamp came.
  void learn(const Timestamp& stamp);
  /// There is work for the crew.
  void wake(const Crew& crew);

private:
  friend class Launcher;

  void begin_ticking();
  void tick();
  Status end_actors(std::chrono::microseconds timeout);

  const std::shared_ptr<Device> device_;
  const std::size_t arena_bytes_;
  HostClock clock_;
  WallWords wall_words_;
  Calls calls_;
  std::atomic<bool> shut_down_ = false;

  std::mutex launch_mutex_; // one launch or shutdown at a time
  // Guarded by launch_mutex_; arena_ and pool_ are constant once they are there:
  std::shared_ptr<Arena> arena_;
  std::unique_ptr<BoundedPool> pool_;
  std::vector<std::weak_ptr<Crew>> crews_;

  mutable std::mutex names_mutex_;
  // Guarded by names_mutex_:
  std::map<std::string, std::shared_ptr<ActorRecord>, std::less<>> names_;
  std::unordered_map<std::uint32_t, std::weak_ptr<ActorRecord>> addresses_;

  std::mutex tick_mutex_;
  std::condition_variable tick_changed_;
  bool stop_ticking_ = false; // guarded by tick_mutex_
  std::thread ticker_;
};

} // namespace ring::runtime
