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

void run_actor(const HostModule& module, const Places& places, Memory& memory, std::uint32_t self,
               std::uint32_t budget) {
  const std::uint32_t type = protocol::type_of(self);
  if (type == 0) return protocol::supervise(self, budget);
  const HostActor& actor = module.actors.at(type - 1);
  if (!protocol::begin_slice(self)) return;
  for (std::uint32_t i = 0; i < budget; ++i) {
    ring::Context context = protocol::next(self);
    const std::uint32_t event = protocol::event_of(context);
    if (event == kNone) break;
    void* state = nullptr;
    if (actor.state_size != 0)
      state = memory.at(places.states.at(type - 1)).data() +
              actor.state_size * protocol::state_of(self);
    const bool handled = actor.handle(context, state, event, protocol::message_of(context), memory);
    protocol::finish(context, handled);
  }
  protocol::end_slice(self);
}

/// One launch of the bounded kernel over all slots.
void run_slices(const HostModule& module, const Places& places, Memory& memory, std::uint32_t crew,
                std::uint32_t budget) {
  const auto words = words_of(memory, places);
  const protocol::Attached attached(ring::span<std::uint32_t>(words.data(), words.size()));
  for (std::uint32_t slot = 0; slot < ArenaBuilder::kSlots; ++slot) {
    const std::uint32_t self = protocol::actor_at(crew, slot);
    if (self != 0) run_actor(module, places, memory, self, budget);
  }
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
    builder_.launch_raw({module_.name + "_bounded", {1}, {1}, args, host});
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
