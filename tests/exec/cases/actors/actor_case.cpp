#include "actor_case.h"

#include <stdexcept>

namespace ring::exec {
namespace {

using namespace ring::abi;

/// Indices into Case::buffers.
struct Places {
  std::size_t words;
  std::vector<std::size_t> states; // of each actor type that has a state
};

std::span<std::uint32_t> words_of(Memory& memory, const Places& places) {
  std::vector<std::byte>& bytes = memory.at(places.words);
  return {reinterpret_cast<std::uint32_t*>(bytes.data()), bytes.size() / 4};
}

/// Handles one event.
bool handle(const HostModule& module, const Places& places, Memory& memory,
            ring::Context& context) {
  const std::uint32_t type = protocol::type_of(context.self_);
  const HostActor& actor = module.actors.at(type - 1);
  void* state = nullptr;
  if (actor.state_size != 0)
    state = memory.at(places.states.at(type - 1)).data() +
            actor.state_size * protocol::state_of(context.self_);
  return actor.handle(context, state, protocol::event_of(context), protocol::message_of(context),
                      memory);
}

void run_actor(const HostModule& module, const Places& places, Memory& memory, std::uint32_t self,
               std::uint32_t budget) {
  if (protocol::type_of(self) == 0) return protocol::supervise(self, budget);
  if (!protocol::begin_slice(self)) return;
  for (std::uint32_t i = 0; i < budget; ++i) {
    ring::Context context = protocol::next(self);
    if (protocol::event_of(context) == kNone) break;
    protocol::finish(context, handle(module, places, memory, context));
  }
  protocol::end_slice(self);
}

/// To whoever asks, the running thread is one lane, as in the handler of a serial actor.
class SingleLane {
public:
  SingleLane() : before_(ring::host::detail::current) { ring::host::detail::current = nullptr; }
  ~SingleLane() { ring::host::detail::current = before_; }
  SingleLane(const SingleLane&) = delete;
  SingleLane& operator=(const SingleLane&) = delete;

private:
  const ring::host::detail::Position* before_;
};

/// Handles one event by the lanes that the actor's scope names; what lane 0 says counts.
bool handle_by_lanes(const HostModule& module, const Places& places, Memory& memory,
                     ring::Context& context) {
  switch (module.actors.at(protocol::type_of(context.self_) - 1).scope) {
  case ring::Scope::serial: {
    if (!protocol::leads()) return false;
    const SingleLane single;
    return handle(module, places, memory, context);
  }
  case ring::Scope::parallel: {
    ring::Context own = protocol::lane_context(context);
    if (protocol::event_of(own) == kNone) return false;
    const bool handled = handle(module, places, memory, own);
    protocol::lane_finish(own, handled);
    return handled;
  }
  default:
    return handle(module, places, memory, context);
  }
}

/// One lane's part in a slice.
void run_lane(const HostModule& module, const Places& places, Memory& memory, std::uint32_t self,
              std::uint32_t budget) {
  if (protocol::type_of(self) == 0) return protocol::group_supervise(self, budget);
  if (!protocol::group_begin_slice(self)) return;
  for (std::uint32_t i = 0; i < budget; ++i) {
    ring::Context context = protocol::group_next(self);
    if (protocol::event_of(context) == kNone) break;
    protocol::group_finish(context, handle_by_lanes(module, places, memory, context));
  }
  protocol::group_end_slice(self);
}

/// One launch of the bounded kernel over all slots.
void run_slices(const HostModule& module, const Places& places, Memory& memory, std::uint32_t crew,
                std::uint32_t budget) {
  const auto words = words_of(memory, places);
  const protocol::Attached attached(ring::span<std::uint32_t>(words.data(), words.size()));
  if (module.lanes == 1) {
    for (std::uint32_t slot = 0; slot < ArenaBuilder::kSlots; ++slot) {
      const std::uint32_t self = protocol::actor_at(crew, slot);
      if (self != 0) run_actor(module, places, memory, self, budget);
    }
    return;
  }
  ring::host::launch({1}, {module.lanes}, [&] {
    for (std::uint32_t slot = 0; slot < ArenaBuilder::kSlots; ++slot) {
      const std::uint32_t self = protocol::group_actor_at(crew, slot);
      if (self != 0) run_lane(module, places, memory, self, budget);
    }
  });
}

} // namespace

std::string compare_replies(const std::vector<std::uint32_t>& words, std::uint32_t actor,
                            const std::vector<Reply>& wanted) {
  const std::vector<Reply> got = replies_of(words, actor);
  for (std::size_t i = 0; i < got.size() && i < wanted.size(); ++i) {
    if (got[i] == wanted[i]) continue;
    const std::string where = "reply " + std::to_string(i);
    if (got[i].type != wanted[i].type) return where + " has another type";
    if (got[i].flags != wanted[i].flags)
      return where + " has flags " + std::to_string(got[i].flags);
    if (got[i].correlation != wanted[i].correlation) return where + " has another correlation";
    for (std::size_t word = 0; word < wanted[i].payload.size(); ++word)
      if (got[i].payload.at(word) != wanted[i].payload[word])
        return where + " differs in word " + std::to_string(word) + ": " +
               std::to_string(got[i].payload[word]) + " instead of " +
               std::to_string(wanted[i].payload[word]);
    return where + " differs";
  }
  if (got.size() != wanted.size())
    return std::to_string(got.size()) + " replies instead of " + std::to_string(wanted.size());
  return {};
}

void ActorCase::run(Check check, bool same_words) {
  Places places{};
  const std::string reason = "payloads have padding or floats; the check reads them";
  Comparison comparison = same_words ? Comparison{} : ignored(reason);
  // The kernel says there what layout it knows; the host here knows none.
  comparison.normalize = [crew = arena_.crew()](std::vector<std::byte>& bytes) {
    std::memset(bytes.data() + std::size_t{4} * (crew + kCrewSeenLow), 0, 8);
  };
  const auto words = builder_.buffer("words", arena_.words(), std::move(comparison));
  places.words = words.index;
  // In the order of the kernel's parameters.
  std::vector<Arg> args{SpanArg{words.index, true}};
  for (std::size_t i = 0; i < module_.actors.size(); ++i) {
    const std::size_t size = module_.actors[i].state_size;
    places.states.push_back(0);
    if (size != 0) {
      places.states.back() =
          builder_.raw("states" + std::to_string(i + 1), size, ArenaBuilder::kSlots,
                       ignored("what a state holds shows in the replies"));
      args.push_back(SpanArg{places.states.back(), true});
    }
    for (const BoundSpan& span : spans_)
      if (span.type == i + 1) args.push_back(span.arg);
  }
  const auto scalar = [&](std::uint32_t value) {
    args.push_back(detail::Parameter<std::uint32_t>::arg(value));
  };
  const std::uint32_t crew = arena_.crew();
  scalar(crew);
  scalar(0);
  scalar(ArenaBuilder::kSlots);
  scalar(budget_);
  const auto host = [module = module_, places, crew, budget = budget_](Memory& memory,
                                                                       std::uint32_t) {
    run_slices(module, places, memory, crew, budget);
  };
  // As many launches as the host needs until nothing changes any more.
  Memory memory = builder_.initial();
  constexpr int kMost = 5000;
  for (int launches = 0;; ++launches) {
    if (launches == kMost) throw std::logic_error("the actors of a case never come to rest");
    const std::vector<std::byte> before = memory.at(places.words);
    host(memory, 1);
    if (memory.at(places.words) == before) break;
    builder_.launch_raw({module_.name + "_bounded", {module_.lanes}, {1}, args, host});
  }
  builder_.check(
      [words, check = std::move(check)](const Results& r) { return check(r.read(words)); });
}

void add_trace(CaseList& list, const std::string& row, const HostModule& module,
               const std::string& name, Needs needs, const std::function<void(ActorCase&)>& build) {
  for (const std::uint32_t budget : {1u, 2u, 7u, 1000u}) {
    list.add(row, module.name, name + "_budget_" + std::to_string(budget), needs,
             [=](CaseBuilder& builder) {
               ActorCase c(builder, module, budget);
               build(c);
             });
  }
}

} // namespace ring::exec
