#include "actors/actor_system.h"

#include "actors/life_cycle.h"
#include "actors/outgoing.h"

namespace ring::runtime {

namespace {

constexpr std::chrono::milliseconds kTick{1};
constexpr std::uint64_t kHostDriftUs = 60'000'000;

bool has_ended(const ActorRecord& record) { return phase_of(record) == abi::Phase::terminated; }

} // namespace

ActorSystem::ActorSystem(std::shared_ptr<Device> device, std::size_t arena_bytes)
    : device_(std::move(device)), arena_bytes_(arena_bytes), clock_(kHostDriftUs) {}

ActorSystem::~ActorSystem() { static_cast<void>(shutdown(std::chrono::seconds(5))); }

std::uint64_t ActorSystem::show_wall() {
  const std::uint64_t wall = wall_now();
  wall_words_.show(wall);
  return wall;
}

void ActorSystem::learn(const Timestamp& stamp) {
  // A device takes its time from this host, so there is no skew to report.
  static_cast<void>(clock_.update(wall_now(), stamp));
}

void ActorSystem::wake(const Crew& crew) {
  if (crew.plan().schedule == Schedule::bounded) pool_->wake();
}

void ActorSystem::begin_ticking() {
  if (ticker_.joinable()) return;
  ticker_ = std::thread([this] { tick(); });
}

void ActorSystem::tick() {
  const protocol::Attached attached(arena_->words());
  std::unique_lock lock(tick_mutex_);
  while (!tick_changed_.wait_for(lock, kTick, [this] { return stop_ticking_; })) {
    show_wall();
    pool_->look();
  }
}

Result<std::shared_ptr<ActorRecord>> ActorSystem::find(std::string_view name) {
  const std::lock_guard lock(names_mutex_);
  if (const auto found = names_.find(name); found != names_.end()) return found->second;
  std::string known;
  constexpr std::size_t kMost = 8;
  std::size_t count = 0;
  for (const auto& [each, record] : names_) {
    if (++count > kMost) break;
    known += (known.empty() ? "'" : ", '") + each + "'";
  }
  if (names_.size() > kMost) known += ", …";
  return Error(ErrorCode::unknown_actor,
               "no actor is called '" + std::string(name) + "'; " +
                   (known.empty() ? "none has been launched" : "there are " + known));
}

std::vector<std::shared_ptr<ActorRecord>> ActorSystem::list() {
  std::vector<std::shared_ptr<ActorRecord>> live;
  std::vector<std::shared_ptr<ActorRecord>> ended; // released after the lock
  const std::lock_guard lock(names_mutex_);
  if (names_.empty()) return live;
  const protocol::Attached attached(arena_->words());
  for (auto each = names_.begin(); each != names_.end();) {
    if (has_ended(*each->second)) {
      addresses_.erase(each->second->address());
      ended.push_back(std::move(each->second));
      each = names_.erase(each);
    } else {
      live.push_back(each->second);
      ++each;
    }
  }
  return live;
}

void ActorSystem::forget(const ActorRecord& record) {
  std::shared_ptr<ActorRecord> kept; // released after the lock
  const std::lock_guard lock(names_mutex_);
  const auto found = names_.find(record.name);
  if (found == names_.end() || found->second.get() != &record) return;
  kept = std::move(found->second);
  names_.erase(found);
}

std::shared_ptr<ActorRecord> ActorSystem::at(std::uint32_t address) {
  const std::lock_guard lock(names_mutex_);
  const auto found = addresses_.find(address);
  return found == addresses_.end() ? nullptr : found->second.lock();
}

Status ActorSystem::end_actors(std::chrono::microseconds timeout) {
  const std::vector<std::shared_ptr<ActorRecord>> live = list();
  const protocol::Attached attached(arena_->words());
  const Deadline deadline(timeout);
  std::string stuck;
  std::vector<std::shared_ptr<ActorRecord>> told;
  for (const auto& record : live) {
    if (record->crew->failure()) continue;
    const abi::Phase phase = phase_of(*record);
    if (phase == abi::Phase::created || phase == abi::Phase::terminated) continue;
    if (phase != abi::Phase::terminating) {
      const std::lock_guard lock(record->command_mutex);
      if (!command(*record, abi::Command::terminate, deadline)) continue;
    }
    told.push_back(record);
  }
  for (const auto& record : told)
    if (!wait_for_end(*record, deadline))
      stuck += (stuck.empty() ? "'" : ", '") + record->name + "'";
  if (stuck.empty()) return Success{};
  return Error(ErrorCode::timeout, "shutdown: these actors do not end: " + stuck);
}

Status ActorSystem::shutdown(std::chrono::microseconds timeout) {
  const std::lock_guard lock(launch_mutex_);
  if (shut_down_.exchange(true) || !arena_) return Success{};
  Status result = end_actors(timeout);
  {
    const std::lock_guard tick_lock(tick_mutex_);
    stop_ticking_ = true;
  }
  tick_changed_.notify_all();
  if (ticker_.joinable()) ticker_.join();

  const protocol::Attached attached(arena_->words());
  const Deadline deadline(timeout);
  const auto keep_first = [&](Status status) {
    if (result && !status) result = std::move(status);
  };
  std::vector<std::shared_ptr<Crew>> crews;
  for (const std::weak_ptr<Crew>& each : crews_)
    if (auto crew = each.lock()) crews.push_back(std::move(crew));
  for (const auto& crew : crews)
    if (!crew->failure()) keep_first(crew->stop(deadline.left()));
  keep_first(pool_->stop(deadline.left()));
  crews_.clear();

  std::map<std::string, std::shared_ptr<ActorRecord>, std::less<>> names; // released after the lock
  const std::lock_guard names_lock(names_mutex_);
  names.swap(names_);
  addresses_.clear();
  return result;
}

} // namespace ring::runtime
