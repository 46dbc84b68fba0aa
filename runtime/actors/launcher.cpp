#include "actors/launcher.h"

#include "actors/life_cycle.h"
#include "actors/outgoing.h"

#include "ring/protocol/undelivered.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <set>

namespace ring::runtime {

using protocol::words;

namespace {

constexpr std::uint32_t kMostMessages = 1U << 20;
constexpr std::uint32_t kMostActors = 1U << 20;
constexpr std::uint32_t kOutbox = 64;
constexpr std::uint32_t kSlots = 32;
constexpr std::uint64_t kArenaBytes = std::uint64_t{16} << 20;
constexpr std::chrono::minutes kBeginTimeout{10}; // a driver may compile the kernel first
constexpr std::string_view kHostName = "host";

std::string name_of(const RawLaunch& launch) {
  return launch.options.name.empty() ? std::string(launch.actor->name) : launch.options.name;
}

Error wrong(const RawLaunch& launch, const std::string& what) {
  return Error(ErrorCode::invalid_argument, "launch of actor '" + name_of(launch) + "': " + what);
}

/// Words of a message slot, a multiple of 16 bytes.
std::uint32_t slot_words(std::uint32_t payload_bytes) {
  return abi::kPayload + (protocol::words_of(payload_bytes) + 3) / 4 * 4;
}

std::uint32_t largest(std::span<const MessageImage> messages) {
  std::uint32_t size = 0;
  for (const MessageImage& message : messages)
    size = std::max(size, message.size);
  return size;
}

std::uint32_t traits_of(const ActorImage& actor) {
  return (actor.find_received(abi::kUndelivered) ? std::uint32_t{abi::kHearsUndelivered} : 0) |
         (actor.priorities ? std::uint32_t{abi::kHasPriorities} : 0);
}

const KernelImage* find_kernel(const ModuleImage& module, std::string_view suffix) {
  const std::string name = std::string(module.name) + std::string(suffix);
  const auto found = std::ranges::find(module.kernels, name, &KernelImage::name);
  return found == module.kernels.end() ? nullptr : &*found;
}

/// Why the kernel cannot run on that backend; empty if it can.
std::string why_not(const KernelImage* kernel, Backend backend) {
  if (!kernel) return "the module was built without it";
  const auto lacks = [&](Target target) -> std::string {
    if (kernel->targets.has(target)) return {};
    const std::string_view reason = kernel->unsupported[static_cast<std::size_t>(target)];
    return reason.empty() ? "the module was built without " + std::string(name_of(target))
                          : std::string(reason);
  };
  if (backend == Backend::cuda) return lacks(Target::cuda);
  if (backend == Backend::cpu) return kernel->cpu_entry ? std::string() : lacks(Target::cpu);
  const std::string full = lacks(Target::spirv_full);
  return full.empty() ? full : lacks(Target::spirv_core);
}

} // namespace

/// For what the lanes of a parallel actor send.
std::uint64_t Launcher::Planned::stage_words() const {
  const ActorImage& actor = *launch->actor;
  if (actor.scope != ActorScope::parallel) return 0;
  return protocol::lane_stage_words(actor.lanes, other_words);
}

std::uint64_t Launcher::Planned::words() const {
  return lines(std::uint64_t{mailbox} * rings_of(*launch->actor) * mailbox_words) +
         lines(std::uint64_t{replies} * other_words) + lines(std::uint64_t{outbox} * other_words) +
         lines(stage_words()) + lines(launch->actor->arguments_size / 4);
}

// --- Checks --------------------------------------------------------------------------------------

Status Launcher::check_options(Planned& planned) const {
  const RawLaunch& launch = *planned.launch;
  const ActorImage& actor = *launch.actor;
  const LaunchOptions& options = launch.options;
  const auto size = [&](const char* what, std::uint32_t messages, std::uint32_t& result) -> Status {
    if (messages == 0 || messages > kMostMessages)
      return wrong(launch, std::string(what) + " of " + std::to_string(messages) +
                               " messages; it holds 1 to " + std::to_string(kMostMessages));
    result = std::bit_ceil(messages);
    return Success{};
  };
  if (Status s = size("a mailbox", options.mailbox.value_or(actor.mailbox), planned.mailbox); !s)
    return s;
  if (Status s =
          size("a ring of replies", options.replies.value_or(planned.mailbox), planned.replies);
      !s)
    return s;
  // A parallel actor takes as many messages at once as its outbox has room for answers to.
  const std::uint32_t outbox =
      actor.scope == ActorScope::parallel ? std::max(kOutbox, 2 * actor.lanes) : kOutbox;
  if (Status s = size("an outbox", options.outbox.value_or(outbox), planned.outbox); !s) return s;
  if (options.instances == 0 || options.instances > kMostActors)
    return wrong(launch, std::to_string(options.instances) + " instances; there can be 1 to " +
                             std::to_string(kMostActors));
  if (options.budget == 0) return wrong(launch, "a budget of 0 would let it do nothing");

  std::uint32_t most = std::max(largest(actor.receives), largest(actor.replies));
  for (const ArgumentImage& argument : actor.arguments)
    most = std::max(most, largest(argument.messages));
  if (most > abi::kMaxPayloadBytes)
    return wrong(launch, "it has a message of " + std::to_string(most) + " bytes; " +
                             std::to_string(abi::kMaxPayloadBytes) + " is the most");
  planned.mailbox_words = slot_words(largest(actor.receives));
  // Answers to those whose messages it does not handle leave it as well.
  planned.other_words = slot_words(std::max<std::uint32_t>(most, sizeof(Undelivered)));

  std::set<std::string_view> bound;
  for (const RouteBinding& binding : options.routes) {
    const auto argument = std::ranges::find(actor.arguments, binding.field, &ArgumentImage::name);
    if (argument == actor.arguments.end() || argument->kind != ArgumentKind::route)
      return wrong(launch, "it has no route '" + binding.field + "'");
    if (!bound.insert(binding.field).second)
      return wrong(launch, "its route '" + binding.field + "' is bound twice");
  }
  return Success{};
}

Status Launcher::check_arguments(Planned& planned) const {
  const RawLaunch& launch = *planned.launch;
  std::vector<const ArgumentImage*> given;
  for (const ArgumentImage& argument : launch.actor->arguments)
    if (argument.kind != ArgumentKind::route) given.push_back(&argument);
  if (given.size() != launch.args.size())
    return wrong(launch, std::to_string(launch.args.size()) + " arguments given, but it has " +
                             std::to_string(given.size()) + " parameters");
  planned.spans.resize(planned.kernel->params.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    const ArgumentImage& argument = *given[i];
    const RawArg& arg = launch.args[i];
    const std::string what =
        "argument " + std::to_string(i) + " ('" + std::string(argument.name) + "') ";
    const bool is_buffer = arg.kind != RawArg::Kind::value;
    if (argument.kind == ArgumentKind::value) {
      if (is_buffer) return wrong(launch, what + "is a buffer, but the parameter is a value");
      if (arg.bytes.size() != argument.size)
        return wrong(launch, what + "has " + std::to_string(arg.bytes.size()) +
                                 " bytes, but the parameter has " + std::to_string(argument.size));
      continue;
    }
    if (!is_buffer) return wrong(launch, what + "is a value, but the parameter is a span");
    if (!arg.memory) return wrong(launch, what + "is an empty buffer that no runtime made");
    if (arg.device != system_.device_.get())
      return wrong(launch, what + "is a buffer of another Runtime");
    if (argument.access == SpanAccess::read_write && arg.kind == RawArg::Kind::buffer_read)
      return wrong(launch, what + "is a const buffer, but the actor writes it");
    if (argument.size == 0 || arg.memory_bytes % argument.size != 0)
      return wrong(launch, what + "has " + std::to_string(arg.memory_bytes) +
                               " bytes, no multiple of the element's " +
                               std::to_string(argument.size));
    if (argument.param < 0 || static_cast<std::size_t>(argument.param) >= planned.spans.size())
      return wrong(launch, "its image is damaged: " + what);
    planned.spans[argument.param] = {arg.memory->shared_from_this(), arg.memory_bytes};
  }
  return Success{};
}

Status Launcher::choose_schedule(Planned& planned) const {
  const RawLaunch& launch = *planned.launch;
  const ModuleImage& module = *launch.module;
  const Backend backend = system_.device_->info().backend;
  const KernelImage* persistent = find_kernel(module, "_persistent");
  const KernelImage* bounded = find_kernel(module, "_bounded");
  planned.schedule = launch.options.schedule;
  if (planned.schedule == Schedule::automatic)
    planned.schedule =
        why_not(persistent, backend).empty() && system_.device_->why_not_persistent().empty()
            ? Schedule::persistent
            : Schedule::bounded;
  planned.kernel = planned.schedule == Schedule::persistent ? persistent : bounded;
  const std::string why = why_not(planned.kernel, backend);
  if (why.empty()) return Success{};
  return Error(ErrorCode::unsupported, "launch of actor '" + name_of(launch) + "': no " +
                                           std::string(ring::name_of(planned.schedule)) +
                                           " schedule on " + std::string(ring::name_of(backend)) +
                                           ": " + why);
}

Status Launcher::check(Planned& planned) const {
  const RawLaunch& launch = *planned.launch;
  if (!launch.module || !launch.actor || launch.actor->type == 0 ||
      launch.actor->type > launch.module->actors.size() ||
      &launch.module->actors[launch.actor->type - 1] != launch.actor)
    return Error(ErrorCode::unknown_actor, "launch: no such actor in the module");
  if (Status s = choose_schedule(planned); !s) return s;
  if (Status s = check_options(planned); !s) return s;
  return check_arguments(planned);
}

Status Launcher::check_names() {
  std::set<std::string> names;
  const std::lock_guard lock(system_.names_mutex_);
  for (const Planned& planned : planned_) {
    const std::string name = name_of(*planned.launch);
    if (name.empty() || name == kHostName)
      return wrong(*planned.launch, "an actor cannot have this name");
    const std::uint32_t instances = planned.launch->options.instances;
    for (std::uint32_t i = 0; i < instances; ++i) {
      const std::string each = instances == 1 ? name : name + "[" + std::to_string(i) + "]";
      const auto found = system_.names_.find(each);
      const bool lives =
          found != system_.names_.end() && phase_of(*found->second) != abi::Phase::terminated;
      if (lives || !names.insert(each).second)
        return Error(ErrorCode::name_taken,
                     "launch: an actor called '" + each + "' lives already; give another .name");
    }
  }
  return Success{};
}

// --- Crews and memory ----------------------------------------------------------------------------

void Launcher::plan_crews() {
  for (Planned& planned : planned_) {
    const ModuleImage& module = *planned.launch->module;
    const std::uint32_t budget = planned.launch->options.budget;
    const auto agrees = [&](const PlannedCrew& crew) {
      if (crew.plan.kernel != planned.kernel || crew.plan.budget != budget) return false;
      for (std::size_t i = 0; i < planned.spans.size(); ++i)
        if (planned.spans[i].memory && crew.plan.spans[i].memory &&
            planned.spans[i].memory != crew.plan.spans[i].memory)
          return false;
      return true;
    };
    auto crew = std::ranges::find_if(crews_, agrees);
    if (crew == crews_.end()) {
      PlannedCrew made;
      made.plan.module = &module;
      made.plan.kernel = planned.kernel;
      made.plan.schedule = planned.schedule;
      made.plan.budget = budget;
      made.plan.per_type.resize(module.actors.size());
      made.plan.spans.resize(planned.kernel->params.size());
      crew = crews_.insert(crews_.end(), std::move(made));
    }
    for (std::size_t i = 0; i < planned.spans.size(); ++i)
      if (planned.spans[i].memory) crew->plan.spans[i] = planned.spans[i];
    crew->plan.per_type[planned.launch->actor->type - 1] += planned.launch->options.instances;
    crew->actors += planned.launch->options.instances;
    planned.crew = static_cast<std::size_t>(crew - crews_.begin());
  }
}

void Launcher::join_running() {
  for (PlannedCrew& planned : crews_) {
    for (const std::weak_ptr<Crew>& each : system_.crews_) {
      const std::shared_ptr<Crew> crew = each.lock();
      if (!crew || planned.crew) continue;
      const CrewPlan& has = crew->plan();
      const CrewPlan& wants = planned.plan;
      if (has.module == wants.module && has.kernel == wants.kernel &&
          has.module->id == wants.module->id && has.budget == wants.budget &&
          crew->has_room(wants.per_type, wants.spans))
        planned.crew = crew;
    }
  }
}

Status Launcher::make_memory() {
  std::uint64_t needed = abi::kArenaWords;
  for (PlannedCrew& each : crews_) {
    if (each.crew) continue;
    each.plan.slots = std::max(kSlots, (each.actors + 1 + 31) / 32 * 32);
    // Others of the module may join later.
    for (std::uint32_t& room : each.plan.per_type)
      room = std::max(room, kSlots - 1);
    needed += Crew::words_of(each.plan);
  }
  for (const Planned& planned : planned_)
    needed += planned.words() * planned.launch->options.instances;
  if (!system_.arena_) {
    const std::uint64_t wanted = system_.arena_bytes_ != 0 ? system_.arena_bytes_ : kArenaBytes;
    Result<std::shared_ptr<Arena>> arena =
        Arena::create(system_.device_, std::max(wanted, (needed + needed / 8) * 4));
    if (!arena) return arena.error();
    system_.pool_ = std::make_unique<BoundedPool>(system_.device_, *arena);
    system_.arena_ = std::move(*arena);
  }
  const protocol::Attached attached(system_.words());
  system_.show_wall();
  system_.begin_ticking();
  std::erase_if(system_.crews_, [](const auto& each) { return each.expired(); });
  for (PlannedCrew& each : crews_) {
    if (each.crew) continue;
    Result<std::shared_ptr<Crew>> crew = Crew::create(system_.device_, system_.arena_, each.plan);
    if (!crew) return crew.error();
    each.crew = std::move(*crew);
    system_.crews_.push_back(each.crew);
    if (each.plan.schedule == Schedule::bounded) system_.pool_->add(each.crew);
  }
  return Success{};
}

// --- Actors --------------------------------------------------------------------------------------

void Launcher::write_block(const Planned& planned, ActorRecord& record, std::uint32_t at) const {
  const std::uint32_t self = record.address();
  std::uint32_t next = at;
  const auto ring = [&](std::uint32_t which, std::uint32_t capacity, std::uint32_t slot,
                        std::uint32_t rings = 1) {
    protocol::lay_out_ring(self, which, next, capacity, slot, rings);
    next += static_cast<std::uint32_t>(lines(std::uint64_t{capacity} * rings * slot));
  };
  words[self + abi::kType] = record.seat.type;
  words[self + abi::kState] = record.seat.state;
  ring(abi::kMailbox, planned.mailbox, planned.mailbox_words, rings_of(record.actor));
  ring(abi::kReplies, planned.replies, planned.other_words);
  ring(abi::kOutbox, planned.outbox, planned.other_words);
  const std::uint32_t stage = next;
  next += static_cast<std::uint32_t>(lines(planned.stage_words()));
  words[self + abi::kArguments] = record.arguments = next;
  words[self + abi::kOverflow] = static_cast<std::uint32_t>(record.overflow);
  words[self + abi::kTraits] = traits_of(record.actor);

  std::size_t given = 0;
  for (const ArgumentImage& argument : record.actor.arguments) {
    if (argument.kind == ArgumentKind::route) {
      words[next + argument.offset / 4] = abi::kNobody;
      continue;
    }
    const RawArg& arg = planned.launch->args[given++];
    if (argument.kind == ArgumentKind::value)
      std::memcpy(&words[next + argument.offset / 4], arg.bytes.data(), arg.bytes.size());
  }

  // The words of an actor that was here before; its phase, which lets nobody act, comes last.
  const std::uint32_t applied = words[self + abi::kCommand];
  for (std::uint32_t word = abi::kCommand + 1; word < abi::kActorWords; ++word)
    if (word != abi::kPhase) protocol::tell(self + word, 0);
  if (planned.stage_words() != 0)
    protocol::lay_out_lanes(self, stage, planned.launch->actor->lanes);
  protocol::tell(self + abi::kApplied, applied);
  protocol::tell(self + abi::kMaxDrift,
                 static_cast<std::uint32_t>(std::clamp<std::int64_t>(
                     planned.launch->options.max_drift.count(), 0, 0xFFFFFFFF)));
  protocol::tell(self + abi::kLatencyMin, 0xFFFFFFFF);
  protocol::put(self + abi::kPhase, static_cast<std::uint32_t>(abi::Phase::created));
  record.commands = applied >> 8;
}

Result<std::shared_ptr<ActorRecord>> Launcher::place_one(Planned& planned, std::string name) {
  const RawLaunch& launch = *planned.launch;
  Result<std::uint32_t> at = system_.arena_->allocate(planned.words());
  if (!at) return at.error();
  auto record = std::make_shared<ActorRecord>(system_.shared_from_this(), *launch.module,
                                              *launch.actor, std::move(name));
  record->crew = crews_[planned.crew].crew;
  record->neighbours = std::make_shared<Neighbours>(system_.arena_);
  record->seat = record->crew->seat(launch.actor->type);
  record->neighbours->add({record->crew, record->seat, *at, planned.words()});
  record->overflow = launch.options.overflow;
  write_block(planned, *record, *at);
  return record;
}

Status Launcher::place() {
  for (Planned& planned : planned_) {
    const std::string name = name_of(*planned.launch);
    const std::uint32_t instances = planned.launch->options.instances;
    planned.records.reserve(instances);
    for (std::uint32_t i = 0; i < instances; ++i) {
      auto record =
          place_one(planned, instances == 1 ? name : name + "[" + std::to_string(i) + "]");
      if (!record) return record.error();
      planned.records.push_back(std::move(*record));
    }
  }
  return Success{};
}

Result<std::shared_ptr<ActorRecord>> Launcher::find_target(const ActorRecord& from,
                                                           const RouteBinding& binding) const {
  for (const Planned& planned : planned_)
    for (const auto& record : planned.records)
      if (record->name == binding.target) return record;
  {
    const std::lock_guard lock(system_.names_mutex_);
    const auto found = system_.names_.find(binding.target);
    if (found != system_.names_.end() && phase_of(*found->second) != abi::Phase::terminated)
      return found->second;
  }
  return Error(ErrorCode::unknown_actor,
               "launch of " + actor_prefix(from) + "its route '" + binding.field + "' leads to '" +
                   binding.target +
                   "', but no actor of that name lives; launch actors that name each other with "
                   "launch_group");
}

Status Launcher::bind_routes() {
  for (Planned& planned : planned_) {
    for (const RouteBinding& binding : planned.launch->options.routes) {
      const ActorImage& actor = *planned.launch->actor;
      const ArgumentImage& argument =
          *std::ranges::find(actor.arguments, binding.field, &ArgumentImage::name);
      std::shared_ptr<ActorRecord> target;
      if (binding.target != kHostName) {
        auto found = find_target(*planned.records.front(), binding);
        if (!found) return found.error();
        target = std::move(*found);
        for (const MessageImage& message : argument.messages) {
          const MessageImage* received = target->actor.find_received(message.id);
          if (received && received->size == message.size) continue;
          return Error(ErrorCode::wrong_message,
                       "launch of " + actor_prefix(*planned.records.front()) + "its route '" +
                           binding.field + "' carries '" + std::string(message.name) +
                           "', which '" + target->name + "' does not receive");
        }
      }
      for (const auto& record : planned.records) {
        words[record->arguments + argument.offset / 4] =
            target ? target->address() : std::uint32_t{abi::kHost};
        if (!target) continue;
        record->targets.push_back(target);
        Neighbours::join(record->neighbours, target->neighbours);
      }
    }
  }
  return Success{};
}

void Launcher::enter_names() {
  std::vector<std::shared_ptr<ActorRecord>> replaced; // released after the lock
  const std::lock_guard lock(system_.names_mutex_);
  for (const Planned& planned : planned_) {
    for (const auto& record : planned.records) {
      replaced.push_back(std::exchange(system_.names_[record->name], record));
      system_.addresses_[record->address()] = record;
    }
  }
}

void Launcher::leave_names() {
  const std::lock_guard lock(system_.names_mutex_);
  for (const Planned& planned : planned_)
    for (const auto& record : planned.records)
      if (const auto found = system_.names_.find(record->name);
          found != system_.names_.end() && found->second == record)
        system_.names_.erase(found);
}

Status Launcher::begin() {
  const Deadline deadline(kBeginTimeout);
  std::vector<std::pair<ActorRecord*, std::uint32_t>> told;
  for (const Planned& planned : planned_) {
    const auto what =
        planned.launch->options.activate ? abi::Command::activate : abi::Command::create;
    for (const auto& record : planned.records) {
      const std::lock_guard lock(record->command_mutex);
      const Result<std::uint32_t> number = command(*record, what, deadline);
      if (!number) return number.error();
      told.emplace_back(record.get(), *number);
    }
  }
  for (const auto& [record, number] : told)
    if (Status s = wait_until_obeyed(*record, number, deadline); !s) return s;
  for (const PlannedCrew& each : crews_)
    if (auto error = each.crew->mismatch()) return *error;
  return Success{};
}

Result<std::vector<std::shared_ptr<const Instances>>> Launcher::run() {
  if (system_.is_shut_down())
    return Error(ErrorCode::shut_down, "launch: the Runtime has been shut down; make a new one");
  planned_.resize(launches_.size());
  for (std::size_t i = 0; i < planned_.size(); ++i) {
    planned_[i].launch = &launches_[i];
    if (Status s = check(planned_[i]); !s) return s.error();
  }
  {
    const protocol::Attached attached(system_.arena_ ? system_.words() : protocol::words);
    if (Status s = check_names(); !s) return s.error();
  }
  plan_crews();
  join_running();
  if (std::ranges::any_of(crews_, [](const PlannedCrew& each) { return !each.crew; })) {
    system_.list(); // gives the places of those that have ended back
    join_running();
  }
  if (Status s = make_memory(); !s) return s.error();
  const protocol::Attached attached(system_.words());
  if (Status s = place(); !s) return s.error();
  if (Status s = bind_routes(); !s) return s.error();
  enter_names();
  if (Status s = begin(); !s) {
    leave_names();
    return s.error();
  }
  std::vector<std::shared_ptr<const Instances>> all;
  for (Planned& planned : planned_)
    all.push_back(std::make_shared<const Instances>(std::move(planned.records)));
  return all;
}

Result<std::vector<std::shared_ptr<const Instances>>>
ActorSystem::launch(std::span<const RawLaunch> launches) {
  const std::lock_guard lock(launch_mutex_);
  return Launcher(*this, launches).run();
}

} // namespace ring::runtime
