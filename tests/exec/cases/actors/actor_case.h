// A case whose kernel is the bounded schedule of a module's actors. Its oracle is the actors
// themselves and the protocol, both compiled by the host compiler; since one block runs a crew,
// every word of the arena has to be the same afterwards: replies, clocks and counters.
//
//   add_trace(list, "C2", "counter", "ten", kNone, [](ActorCase& c) {
//     const auto counter = c.actor<Counter>({.type = 1, .arguments = {...}});
//     c.send(counter, Add{1});
//     c.expect_replies(counter, {reply(Count{10, 1})});
//   });
#pragma once

#include "../builder.h"
#include "../lists.h"
#include "arena_builder.h"

#include <ring/host.h>

#include <functional>
#include <memory>
#include <new>
#include <type_traits>

namespace ring::exec {

/// How the host runs one type of actor of a module.
struct HostActor {
  ring::Scope scope = ring::Scope::serial;
  std::size_t state_size = 0;
  /// state, arguments' or payload's word, event; false for a message that it does not know.
  std::function<bool(ring::Context&, void* state, std::uint32_t event, std::uint32_t message,
                     Memory& memory)>
      handle;
};

/// Reads the fields that are arguments, in their order, at the words where ringcc has them.
struct ArgumentReader {
  std::uint32_t at;

  template <class T> void operator()(T& field) {
    std::memcpy(static_cast<void*>(&field), &protocol::words[at], sizeof(T));
    at += (sizeof(T) + 3) / 4;
  }
};

template <class Actor>
concept HasOnStart = requires(Actor actor, ring::Context& c) { actor.on_start(c); };
template <class Actor>
concept HasOnStop = requires(Actor actor, ring::Context& c) { actor.on_stop(c); };
template <class Actor>
concept HasOnIdle = requires(Actor actor, ring::Context& c) { actor.on_idle(c); };

/// `bind(state, reader, memory)` reads arguments at the start and points spans to buffers; a null
/// reader asks for the spans alone.
template <class Actor, class... Messages, class Bind> HostActor host_actor(Bind bind) {
  constexpr std::size_t size = std::is_empty_v<Actor> ? 0 : sizeof(Actor);
  return {ring::Scope::serial, size,
          [bind](ring::Context& context, void* state, std::uint32_t event, std::uint32_t message,
                 Memory& memory) {
            Actor stateless; // what an actor without fields is
            Actor& actor = state ? *static_cast<Actor*>(state) : stateless;
            if (event == abi::kStart) {
              if (protocol::leads()) {
                new (&actor) Actor();
                ArgumentReader reader{message};
                bind(actor, &reader, memory);
              }
              if (!protocol::is_parallel(context.self_)) protocol::join_lanes();
              if constexpr (HasOnStart<Actor>) actor.on_start(context);
              return true;
            }
            bind(actor, nullptr, memory);
            if (event == abi::kEnd) {
              if constexpr (HasOnStop<Actor>) actor.on_stop(context);
              return true;
            }
            if (event == abi::kIdle) {
              if constexpr (HasOnIdle<Actor>) actor.on_idle(context);
              return true;
            }
            const auto handle = [&]<class Message>(const Message*) {
              if (event != ring::MessageType<Message>::id) return false;
              actor.receive(context, ring::detail::load_message<Message>(message));
              return true;
            };
            return (handle(static_cast<const Messages*>(nullptr)) || ...);
          }};
}
template <class Actor, class... Messages> HostActor host_actor() {
  return host_actor<Actor, Messages...>([](Actor&, ArgumentReader*, Memory&) {});
}

/// The same, run by several lanes.
inline HostActor with_scope(ring::Scope scope, HostActor actor) {
  actor.scope = scope;
  return actor;
}

/// A RING_KERNEL function: no state.
template <class Message, class Result>
HostActor host_actor(Result (*handler)(ring::Context&, const Message&)) {
  return {ring::Scope::serial, 0,
          [handler](ring::Context& context, void*, std::uint32_t event, std::uint32_t message,
                    Memory&) {
            if (event < abi::kFirstMessage) return true;
            if (event != ring::MessageType<Message>::id) return false;
            const auto m = ring::detail::load_message<Message>(message);
            if constexpr (std::is_void_v<Result>) {
              handler(context, m);
            } else {
              context.reply(handler(context, m));
            }
            return true;
          }};
}

/// What a trace is run over: the module's actors in their order, and for each one's buffers.
struct HostModule {
  std::string name;
  std::vector<HostActor> actors;
  std::uint32_t lanes = 1; // of a block
};

class ActorCase {
public:
  /// `budget` of each slice.
  ActorCase(CaseBuilder& builder, const HostModule& module, std::uint32_t budget)
      : builder_(builder), module_(module), budget_(budget) {}

  ArenaBuilder& arena() { return arena_; }
  std::uint32_t actor(const ActorSpec& spec) { return arena_.actor(spec); }
  template <class Message> void send(std::uint32_t actor, const Message& message,
                                     std::uint32_t correlation = 0,
                                     ring::Priority priority = ring::Priority::normal) {
    arena_.send(actor, message, correlation, priority);
  }

  /// A buffer that an actor is launched with; in the order of the kernel's parameters, those of one
  /// actor behind its states.
  template <class T> Handle<T> span(std::size_t type, bool writable, std::string name,
                                    const std::vector<T>& values, Comparison comparison = {}) {
    const auto handle = builder_.buffer(std::move(name), values, std::move(comparison));
    spans_.push_back({type, SpanArg{handle.index, writable}});
    return handle;
  }

  /// Runs slices until nobody has work, and checks what came back. `same_words`: every word of the
  /// arena is compared (not where a payload holds floats that a target may round otherwise).
  using Check = std::function<std::string(const std::vector<std::uint32_t>& words)>;
  void run(Check check, bool same_words = true);

private:
  struct BoundSpan {
    std::size_t type;
    SpanArg arg;
  };

  CaseBuilder& builder_;
  const HostModule& module_;
  std::uint32_t budget_;
  ArenaBuilder arena_;
  std::vector<BoundSpan> spans_;
};

/// "" or what is wrong: the replies of one actor, all of them, in order.
std::string compare_replies(const std::vector<std::uint32_t>& words, std::uint32_t actor,
                            const std::vector<Reply>& wanted);

template <class Message> Reply reply(const Message& message, std::uint32_t correlation = 0) {
  Reply reply{ring::MessageType<Message>::id, 0, correlation, {}};
  reply.payload.resize((sizeof(Message) + 3) / 4);
  // The one byte of an empty struct has no value; it is sent as 0.
  if constexpr (!std::is_empty_v<Message>)
    std::memcpy(reply.payload.data(), &message, sizeof(Message));
  return reply;
}

/// One trace with the budgets 1, 2, 7 and 1000: `build` sends and expects.
void add_trace(CaseList& list, const std::string& row, const HostModule& module,
               const std::string& name, Needs needs, const std::function<void(ActorCase&)>& build);

} // namespace ring::exec
