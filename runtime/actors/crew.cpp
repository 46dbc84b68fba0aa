#include "actors/crew.h"

#include <ring/abi/trap_record.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace ring::runtime {

using protocol::observe;
using protocol::put;
using protocol::words;

/// Lives as long as a kernel may touch it.
struct Crew::Resources {
  std::shared_ptr<Device> device;
  std::shared_ptr<Arena> arena;
  std::uint32_t at = 0; // of the crew's words
  std::uint64_t count = 0;
  std::vector<std::shared_ptr<Memory>> memories;
  SharedMemory trap;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> orphans; // ranges of actors that did not end
  std::mutex stop_mutex;
  bool is_ending = false; // guarded by stop_mutex: for good, not for a pause of the device

  /// A StopSwitch. Whether the kernel is to run on.
  bool set_stop(bool stop, bool for_good) {
    const protocol::Attached attached(arena->words());
    const std::lock_guard lock(stop_mutex);
    is_ending = is_ending || for_good;
    put(at + abi::kCrewStop, stop || is_ending ? 1 : 0);
    return !is_ending && !disagrees() && !has_lost_lease();
  }

  /// Whether the kernel has other layouts than the host. The high word is told last; before that
  /// there is nothing to compare.
  bool disagrees() const {
    const std::uint32_t high = observe(at + abi::kCrewSeenHigh);
    return high != 0 && (high != words[at + abi::kCrewHashHigh] ||
                         observe(at + abi::kCrewSeenLow) != words[at + abi::kCrewHashLow]);
  }
  /// Whether a kernel with a lease was ended in the middle of something.
  bool has_lost_lease() const {
    return static_cast<abi::Lease>(observe(at + abi::kCrewLease)) == abi::Lease::lost;
  }

  ~Resources() {
    for (const auto& [orphan, words] : orphans)
      arena->release(orphan, words);
    if (count != 0) arena->release(at, count);
  }
};

namespace {

constexpr std::uint32_t kSupervisorSlotWords = (abi::kPayload + abi::kCommandWords + 3) / 4 * 4;

std::uint32_t supervisor_capacity(const CrewPlan& plan) {
  return std::bit_ceil(std::clamp<std::uint32_t>(plan.slots, 64, 4096));
}

std::uint32_t budget_of(const CrewPlan& plan, const Lease& lease) {
  return plan.schedule == Schedule::persistent && lease.is_for_one_event ? 1 : plan.budget;
}

/// The first slice may wait until a driver has compiled the kernel, which software drivers do then
/// and not before.
constexpr std::chrono::minutes kSliceTimeout{10};
/// How long the end of a crew is waited for where nobody can be told that it does not come.
constexpr std::chrono::seconds kQuietWait{2};

} // namespace

std::uint64_t Crew::words_of(const CrewPlan& plan) {
  return abi::kCrewWords + lines(plan.slots) + lines(plan.slots / 32) +
         std::uint64_t{plan.slots} * abi::kActorWords +
         lines(std::uint64_t{supervisor_capacity(plan)} * kSupervisorSlotWords);
}

Crew::Crew(std::shared_ptr<Device> device, CrewPlan plan)
    : device_(std::move(device)), resources_(std::make_shared<Resources>()), plan_(std::move(plan)),
      budget_(budget_of(plan_, device_->lease())), lease_(device_->lease().turns),
      running_(plan_.slots / 32), processed_(plan_.slots) {}

Result<std::shared_ptr<Crew>> Crew::create(std::shared_ptr<Device> device,
                                           std::shared_ptr<Arena> arena, CrewPlan plan) {
  std::shared_ptr<Crew> crew(new Crew(std::move(device), std::move(plan)));
  if (Status s = crew->allocate(std::move(arena)); !s) return s.error();
  if (Status s = crew->bind(); !s) return s.error();
  crew->lay_out();
  if (crew->plan_.schedule == Schedule::persistent)
    if (Status s = crew->start(); !s) return s.error();
  return crew;
}

Status Crew::allocate(std::shared_ptr<Arena> arena) {
  resources_->device = device_;
  resources_->arena = std::move(arena);
  const std::uint64_t count = words_of(plan_);
  const Result<std::uint32_t> at = resources_->arena->allocate(count);
  if (!at) return at.error();
  resources_->at = *at;
  resources_->count = count;
  if (plan_.kernel->has_trap) {
    auto trap = device_->allocate_shared(sizeof(abi::TrapRecord));
    if (!trap) return trap.error();
    resources_->trap = std::move(*trap);
  }
  return Success{};
}

Status Crew::bind() {
  const std::span<const ParamImage> params = plan_.kernel->params;
  args_.resize(params.size());
  first_and_count_ = {-1, -1};
  const auto value = [](const std::uint32_t& word) { return std::as_bytes(std::span(&word, 1)); };
  for (std::size_t i = 0; i < params.size(); ++i) {
    const ParamImage& param = params[i];
    LaunchArg& arg = args_[i];
    if (param.kind != ParamKind::span) {
      if (param.size != sizeof(std::uint32_t))
        return Error(ErrorCode::invalid_argument, kernel_prefix(*plan_.kernel) +
                                                      "its image is damaged: parameter '" +
                                                      std::string(param.name) + "'");
      arg.value = value(param.name == "crew"     ? crew_
                        : param.name == "budget" ? budget_
                        : param.name == "lease"  ? lease_
                                                 : no_slot_);
      if (param.name == "first") first_and_count_[0] = static_cast<int>(i);
      if (param.name == "count") first_and_count_[1] = static_cast<int>(i);
    } else if (param.name == "words") {
      arg.memory = &resources_->arena->memory();
      arg.count = resources_->arena->words().size();
    } else if (plan_.kernel->has_trap && i + 1 == params.size()) {
      arg.memory = resources_->trap.memory.get();
      arg.count = abi::kTrapWords;
    } else {
      const auto owner = std::ranges::find(plan_.module->actors, static_cast<std::int32_t>(i),
                                           &ActorImage::states_param);
      std::shared_ptr<Memory> memory;
      std::size_t bytes = 0;
      if (owner != plan_.module->actors.end()) {
        bytes = std::size_t{plan_.per_type[owner->type - 1]} * param.size;
      } else if (i < plan_.spans.size() && plan_.spans[i].memory) {
        memory = plan_.spans[i].memory;
        bytes = plan_.spans[i].bytes;
      }
      if (!memory) {
        auto own = device_->allocate(bytes);
        if (!own) return own.error();
        memory = std::move(*own);
      }
      arg.memory = memory.get();
      arg.count = bytes / param.size;
      resources_->memories.push_back(std::move(memory));
    }
  }
  return Success{};
}

/// The words of the crew; the arena gave them as zeros.
void Crew::lay_out() {
  crew_ = resources_->at;
  const std::uint32_t table = crew_ + abi::kCrewWords;
  ready_ = table + static_cast<std::uint32_t>(lines(plan_.slots));
  blocks_ = ready_ + static_cast<std::uint32_t>(lines(plan_.slots / 32));
  supervisor_ = blocks_;
  const std::uint32_t mailbox = blocks_ + plan_.slots * abi::kActorWords;
  const std::uint32_t capacity = supervisor_capacity(plan_);

  words[crew_ + abi::kCrewSlots] = plan_.slots;
  words[crew_ + abi::kCrewTable] = table;
  words[crew_ + abi::kCrewReady] = ready_;
  words[crew_ + abi::kCrewHashLow] = static_cast<std::uint32_t>(plan_.module->layout_hash);
  words[crew_ + abi::kCrewHashHigh] = static_cast<std::uint32_t>(plan_.module->layout_hash >> 32);
  for (std::uint32_t slot = 0; slot < plan_.slots; ++slot) {
    const std::uint32_t block = blocks_ + slot * abi::kActorWords;
    words[table + slot] = block;
    words[block + abi::kCrew] = crew_;
    words[block + abi::kSlot] = slot;
  }
  protocol::lay_out_ring(supervisor_, abi::kMailbox, mailbox, capacity, kSupervisorSlotWords);

  free_slots_.resize(plan_.slots - 1);
  std::iota(free_slots_.rbegin(), free_slots_.rend(), 1U);
  for (const std::uint32_t room : plan_.per_type) {
    auto& free = free_states_.emplace_back(room);
    std::iota(free.rbegin(), free.rend(), 0U);
  }
}

Status Crew::start() {
  const Launch launch{*plan_.module, *plan_.kernel, {1, 1, 1}, args_, {}};
  auto kernel = device_->start(launch, resources_, [resources = resources_.get()](bool stop) {
    return resources->set_stop(stop, false);
  });
  if (!kernel) return kernel.error();
  kernel_ = std::move(*kernel);
  return Success{};
}

Crew::~Crew() {
  const protocol::Attached attached(resources_->arena->words());
  static_cast<void>(stop(kQuietWait)); // the kernel shares the resources as long as it runs
}

Status Crew::stop(std::chrono::microseconds timeout) {
  stopped_ = true;
  if (!kernel_) return Success{};
  resources_->set_stop(true, true);
  Status ended = kernel_->wait(std::chrono::ceil<std::chrono::milliseconds>(timeout));
  if (!ended && ended.error().code() == ErrorCode::timeout)
    return Error(ErrorCode::timeout, kernel_prefix(*plan_.kernel) +
                                         "it does not end; a handler runs on, or the device is "
                                         "stuck. Its memory is given up");
  return ended;
}

bool Crew::has_room(const std::vector<std::uint32_t>& per_type,
                    const std::vector<CrewSpan>& spans) {
  if (stopped_ || has_failed_) return false;
  for (std::size_t i = 0; i < spans.size(); ++i)
    if (spans[i].memory && (i >= plan_.spans.size() || plan_.spans[i].memory != spans[i].memory))
      return false;
  const std::lock_guard lock(mutex_);
  std::uint64_t wanted = 0;
  for (std::size_t type = 0; type < per_type.size(); ++type) {
    if (per_type[type] > free_states_[type].size()) return false;
    wanted += per_type[type];
  }
  return wanted <= free_slots_.size();
}

Seat Crew::seat(std::uint32_t type) {
  const std::lock_guard lock(mutex_);
  Seat seat;
  seat.type = type;
  seat.slot = free_slots_.back();
  free_slots_.pop_back();
  seat.state = free_states_[type - 1].back();
  free_states_[type - 1].pop_back();
  seat.address = blocks_ + seat.slot * abi::kActorWords;
  return seat;
}

bool Crew::is_idle(const Seat& seat) const {
  if (stopped_) return true;
  const auto phase = static_cast<abi::Phase>(observe(seat.address + abi::kPhase));
  if (phase == abi::Phase::terminated) return true;
  return phase == abi::Phase::created &&
         words[seat.address + abi::kCommand] == observe(seat.address + abi::kApplied);
}

void Crew::vacate(const Seat& seat, std::uint32_t at, std::uint64_t count) {
  const std::lock_guard lock(mutex_);
  if (!is_idle(seat)) {
    resources_->orphans.emplace_back(at, count);
    return;
  }
  resources_->arena->release(at, count);
  free_slots_.push_back(seat.slot);
  free_states_[seat.type - 1].push_back(seat.state);
}

// --- Failures ------------------------------------------------------------------------------------

void Crew::fail(const Error& error) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = error;
  has_failed_ = true;
}

std::optional<Error> Crew::trapped() const {
  if (resources_->trap.host.empty()) return std::nullopt;
  abi::TrapRecord record;
  std::memcpy(&record, resources_->trap.host.data(), sizeof record);
  if (record.state == abi::TrapState::none) return std::nullopt;
  return Error(ErrorCode::out_of_bounds,
               std::string(plan_.module->source_file) + ":" + std::to_string(record.line) + ": " +
                   kernel_prefix(*plan_.kernel) + "index " +
                   std::to_string(abi::wide(record.index)) + " is outside a span of " +
                   std::to_string(abi::wide(record.size)) + " elements");
}

std::optional<Error> Crew::failure() {
  if (!has_failed_ && kernel_ && !stopped_ && kernel_->has_ended()) {
    const Status how = kernel_->wait({});
    fail(how ? why_it_ended() : how.error());
  }
  if (!has_failed_) return std::nullopt;
  const std::lock_guard lock(mutex_);
  return failure_;
}

/// Of a persistent kernel that nobody asked to.
Error Crew::why_it_ended() const {
  if (auto error = trapped()) return *error;
  if (auto error = mismatch()) return *error;
  const std::string prefix = kernel_prefix(*plan_.kernel);
  if (resources_->has_lost_lease())
    return Error(ErrorCode::launch_failed, prefix + "it was ended in the middle of an event: " +
                                               device_->why_not_persistent() +
                                               "; make the loops of its handlers shorter");
  return Error(ErrorCode::launch_failed, prefix + "it ended without being asked to");
}

std::optional<Error> Crew::mismatch() const {
  if (!resources_->disagrees()) return std::nullopt;
  return Error(ErrorCode::layout_mismatch,
               "module '" + std::string(plan_.module->name) + "': its " +
                   kernel_prefix(*plan_.kernel) +
                   "was compiled with other layouts of actors and messages than this program; "
                   "build both from the same sources");
}

// --- Bounded slices ------------------------------------------------------------------------------

bool Crew::has_ready() const {
  if (stopped_ || has_failed_) return false;
  for (std::uint32_t group = 0; group < running_.size(); ++group)
    if ((observe(ready_ + group) & ~running_[group].load(std::memory_order_relaxed)) != 0)
      return true;
  return false;
}

Status Crew::run_slots(std::uint32_t first, std::uint32_t count) {
  thread_local std::vector<LaunchArg> args;
  args.assign(args_.begin(), args_.end());
  const std::uint32_t range[2] = {first, count};
  for (int i = 0; i < 2; ++i)
    if (first_and_count_[i] >= 0)
      args[first_and_count_[i]].value = std::as_bytes(std::span(&range[i], 1));
  const std::uint64_t blocks = device_->slice_threads() > 1 ? 1 : count;
  constexpr std::uint64_t kMostBlocks = 1024; // each takes every 1024th slot then
  const Launch launch{
      *plan_.module, *plan_.kernel, {std::min(blocks, kMostBlocks), 1, 1}, args, kSliceTimeout};
  if (Status s = device_->run_slice(launch); !s) return s;
  if (auto error = trapped()) return *error;
  if (auto error = mismatch()) return *error;
  return Success{};
}

/// Whether it ran without handling anything because others have no room for its messages.
bool Crew::is_stalled(std::uint32_t slot) {
  const std::uint32_t block = blocks_ + slot * abi::kActorWords;
  const std::uint32_t processed = observe(block + abi::kProcessed);
  return std::exchange(processed_[slot], processed) == processed &&
         observe(block + abi::kWaitsFor) != 0;
}

Crew::Turn Crew::run_each() {
  Turn turn;
  if (stopped_ || has_failed_) return turn;
  const auto groups = static_cast<std::uint32_t>(running_.size());
  const std::uint32_t begin = cursor_.fetch_add(1, std::memory_order_relaxed);
  for (std::uint32_t i = 0; i < groups; ++i) {
    const std::uint32_t group = (begin + i) % groups;
    const auto waiting = [&] {
      return observe(ready_ + group) & ~running_[group].load(std::memory_order_relaxed);
    };
    // What becomes ready again waits until the others had their turn.
    for (std::uint32_t bits = waiting(); bits != 0; bits &= bits - 1) {
      const auto slot = static_cast<std::uint32_t>(std::countr_zero(bits));
      const std::uint32_t bit = 1U << slot;
      // Pairs with the release below: two threads never run one actor.
      if ((running_[group].fetch_or(bit, std::memory_order_acquire) & bit) != 0) continue;
      // Cleared before the work is looked at (rule 5); pairs with notify().
      const std::uint32_t before = ring::atomic_ref(words[ready_ + group])
                                       .fetch_and(~bit, ring::acq_rel, ring::MemoryScope::system);
      if ((before & bit) != 0) {
        const Status s = run_slots(group * 32 + slot, 1);
        ++turn.ran;
        if (is_stalled(group * 32 + slot)) ++turn.stalled;
        if (!s) fail(s.error());
      }
      running_[group].fetch_and(~bit, std::memory_order_release);
      if (stopped_ || has_failed_) return turn;
    }
  }
  return turn;
}

Crew::Turn Crew::run_all() {
  Turn turn;
  if (stopped_ || has_failed_) return turn;
  std::vector<std::uint32_t> bits(running_.size());
  std::uint32_t first = plan_.slots;
  std::uint32_t last = 0;
  for (std::uint32_t group = 0; group < bits.size(); ++group) {
    bits[group] = protocol::take_ready(crew_, group);
    if (bits[group] == 0) continue;
    first = std::min(first, group * 32 + std::countr_zero(bits[group]));
    last = group * 32 + 31 - std::countl_zero(bits[group]);
  }
  if (first == plan_.slots) return turn;
  if (const Status s = run_slots(first, last - first + 1); !s) fail(s.error());
  for (std::uint32_t slot = first; slot <= last; ++slot) {
    if ((bits[slot / 32] >> (slot % 32) & 1) == 0) continue;
    ++turn.ran;
    if (is_stalled(slot)) ++turn.stalled;
  }
  return turn;
}

} // namespace ring::runtime
