// Handles of actors that run: sending, receiving and the steps of their life. Made by
// Runtime::launch; what they need to know of a type comes from a generated header.
//
//   auto ledger = rt.launch(bank::Ledger);
//   ledger.send(Deposit{7, 10.0f});
//   Balance b = ledger.receive<Balance>(std::chrono::seconds(1));
//   Balance c = ledger.call<Balance>(Deposit{7, 5.0f}).get(std::chrono::seconds(1));
//
// A handle is a reference: copies name the same actor, and an actor lives on without any. Any
// thread may call any member. Functions named try_* return the Error that the others throw.
#pragma once

#include <ring/abi/control_block.h>
#include <ring/abi/message_header.h>
#include <ring/abi/telemetry.h>
#include <ring/actor_handle.h>
#include <ring/kernel_handle.h>
#include <ring/launch_options.h>
#include <ring/raw_arg.h>
#include <ring/result.h>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace ring {

namespace runtime {
struct ActorRecord;
struct CallState;
using Instances = std::vector<std::shared_ptr<ActorRecord>>;
} // namespace runtime

/// Created → launched → active ⇄ suspended; launched, active, suspended → terminating → terminated.
using ActorState = abi::Phase;
std::string_view name_of(ActorState state);
/// Why a message was not delivered.
using Reason = abi::Reason;
std::string_view name_of(Reason reason);
using ActorError = abi::ActorError;
std::string_view name_of(ActorError error);

/// A message that nobody handled.
struct DeadLetter {
  abi::MessageHeader header;
  Reason reason = Reason::none;
  std::vector<std::byte> payload;
};

/// A message from an actor, without its type.
struct RawMessage {
  std::uint32_t type = 0;
  std::vector<std::byte> payload;
  std::uint32_t source = 0; // the actor's address
  std::uint32_t correlation = 0;
  Timestamp stamp = {};
};

struct ActorMetrics {
  abi::Telemetry telemetry = {};
  std::uint64_t enqueued = 0;
  std::uint64_t dequeued = 0;
  std::uint64_t rejected = 0; // by a mailbox that was full; the sender kept the message
  std::uint64_t sent = 0;     // by the actor
  std::uint64_t dead_letters = 0;
  std::uint64_t late_replies = 0; // to calls that had given up
  std::uint32_t depth = 0;        // messages in the mailbox
  std::uint32_t max_depth = 0;
  std::uint32_t errors = 0;
};

struct ActorInfo {
  std::string name;
  std::string cpp_name; // of its class or function
  std::string module;
  ActorState state = ActorState::created;
  Schedule schedule = Schedule::automatic;
};

/// An actor whose messages are known at run time only.
class RawActorHandle {
public:
  /// Names no actor; only for assignment.
  RawActorHandle() = default;

  const std::string& name() const;
  Schedule schedule() const;
  const ActorImage& image() const;
  /// What `header().source` and RawMessage::source say of it.
  std::uint32_t address() const;
  ActorState state() const;
  abi::ControlBlock status() const;
  ActorMetrics metrics() const;
  /// Those that came since the last call: messages to this actor, and messages that it sent.
  std::vector<DeadLetter> dead_letters();

  /// How many actors LaunchOptions::instances made; a handle to all of them sends to number 0.
  std::uint32_t instances() const;
  RawActorHandle instance(std::uint32_t index) const;

  // Steps of life, of all instances if the handle names all. An illegal one is an
  // Error{illegal_state} that names both states; each waits until the actor has obeyed.
  void activate(std::chrono::microseconds timeout = kActorTimeout);
  void suspend(std::chrono::microseconds timeout = kActorTimeout);
  void resume(std::chrono::microseconds timeout = kActorTimeout);
  /// A new state; what is queued stays.
  void restart(std::chrono::microseconds timeout = kActorTimeout);
  /// What is queued is handled (drain) or becomes dead letters. Replies that nobody took yet can
  /// still be received.
  void terminate(Terminate how = Terminate::drain,
                 std::chrono::microseconds timeout = kActorTimeout);
  Status try_activate(std::chrono::microseconds timeout = kActorTimeout);
  Status try_suspend(std::chrono::microseconds timeout = kActorTimeout);
  Status try_resume(std::chrono::microseconds timeout = kActorTimeout);
  Status try_restart(std::chrono::microseconds timeout = kActorTimeout);
  Status try_terminate(Terminate how = Terminate::drain,
                       std::chrono::microseconds timeout = kActorTimeout);

  /// Messages as bytes; types and sizes are checked against the image. What happens when the
  /// mailbox is full LaunchOptions::overflow decides; a wait ends with Error{timeout}.
  void send_raw(std::uint32_t type, std::span<const std::byte> payload,
                const SendOptions& options = {},
                std::chrono::microseconds timeout = kActorTimeout) {
    try_send_raw(type, payload, options, timeout).value();
  }
  Status try_send_raw(std::uint32_t type, std::span<const std::byte> payload,
                      const SendOptions& options = {}, std::chrono::microseconds timeout = {});
  RawMessage receive_raw(std::chrono::microseconds timeout = kActorTimeout) {
    return try_receive_raw(timeout).value();
  }
  /// The next message of one of those types, or of any when none is given.
  Result<RawMessage> try_receive_raw(std::chrono::microseconds timeout = {},
                                     std::span<const std::uint32_t> types = {});

protected:
  friend class Runtime;
  RawActorHandle(std::shared_ptr<const runtime::Instances> instances, std::uint32_t index,
                 bool is_whole);

  runtime::ActorRecord& record() const;
  /// Messages of `size` bytes, one behind the other.
  Status send_all(std::uint32_t type, std::size_t size, std::span<const std::byte> messages,
                  const SendOptions& options, std::chrono::microseconds timeout);
  Result<std::shared_ptr<runtime::CallState>>
  start_call(std::uint32_t type, std::span<const std::byte> payload, const SendOptions& options);

  std::shared_ptr<const runtime::Instances> instances_;
  std::uint32_t index_ = 0;
  bool is_whole_ = false;
};

/// The answer to a call, when it comes. Whoever drops it gives the answer up.
class RawCall {
public:
  explicit RawCall(std::shared_ptr<runtime::CallState> state);
  RawCall(RawCall&&) noexcept;
  RawCall& operator=(RawCall&&) noexcept;
  ~RawCall();

  /// Whether get() would not wait.
  bool is_ready();
  /// Once. An Error{not_delivered} names the reason if the message became a dead letter.
  Result<RawMessage> try_get(std::chrono::microseconds timeout);

private:
  std::shared_ptr<runtime::CallState> state_;
};

template <class... Messages> struct MessageList {
  template <class Message> static constexpr bool has = (std::is_same_v<Message, Messages> || ...);
};

namespace detail {

template <class Message> Message from_bytes(std::span<const std::byte> bytes) {
  static_assert(std::is_trivially_copyable_v<Message>);
  std::array<std::byte, sizeof(Message)> copy{};
  std::memcpy(copy.data(), bytes.data(), std::min(bytes.size(), sizeof(Message)));
  return std::bit_cast<Message>(copy);
}

/// The message as the alternative of its type.
template <class First, class... Rest> auto as_variant(const RawMessage& message) {
  using Variant = std::variant<First, Rest...>;
  std::optional<Variant> result;
  const auto take = [&]<class Reply>(std::type_identity<Reply>) {
    if (!result && MessageType<Reply>::id == message.type)
      result.emplace(from_bytes<Reply>(message.payload));
  };
  take(std::type_identity<First>{});
  (take(std::type_identity<Rest>{}), ...);
  return result;
}

Error wrong_reply(const RawMessage& message);

} // namespace detail

/// The answer to a call: a Reply, or a variant if several types may answer.
template <class... Reply> class Call {
public:
  using Value =
      std::conditional_t<sizeof...(Reply) == 1, std::tuple_element_t<0, std::tuple<Reply...>>,
                         std::variant<Reply...>>;

  explicit Call(RawCall raw) : raw_(std::move(raw)) {}

  bool is_ready() { return raw_.is_ready(); }
  Value get(std::chrono::microseconds timeout = kActorTimeout) { return try_get(timeout).value(); }
  Result<Value> try_get(std::chrono::microseconds timeout = kActorTimeout) {
    Result<RawMessage> message = raw_.try_get(timeout);
    if (!message) return message.error();
    auto value = detail::as_variant<Reply...>(*message);
    if (!value) return detail::wrong_reply(*message);
    if constexpr (sizeof...(Reply) == 1)
      return std::get<0>(*value);
    else
      return *value;
  }

private:
  RawCall raw_;
};

template <class Received, class Replied> class ActorHandle;

template <class... Received, class... Replied>
class ActorHandle<Receives<Received...>, Replies<Replied...>> : public RawActorHandle {
public:
  ActorHandle() = default;

  ActorHandle instance(std::uint32_t index) const {
    return ActorHandle(RawActorHandle::instance(index));
  }

  /// A message, or a contiguous range of messages of one type with one notification.
  template <class Message> void send(const Message& message, const SendOptions& options = {}) {
    send_for(message, kActorTimeout, options);
  }
  template <class Message> void send_for(const Message& message, std::chrono::microseconds timeout,
                                         const SendOptions& options = {}) {
    try_send_for(message, timeout, options).value();
  }
  /// At once: Error{mailbox_full} when there is no room, and the message is still the caller's.
  template <class Message>
  Status try_send(const Message& message, const SendOptions& options = {}) {
    return try_send_for(message, std::chrono::microseconds(0), options);
  }
  template <class Message> Status try_send_for(const Message& message,
                                               std::chrono::microseconds timeout,
                                               const SendOptions& options = {}) {
    if constexpr (kReceived<Message>) {
      return try_send_raw(MessageType<Message>::id, std::as_bytes(std::span(&message, 1)), options,
                          timeout);
    } else {
      static_assert(std::ranges::contiguous_range<Message>,
                    "ring: this actor does not receive messages of type Message");
      if constexpr (std::ranges::contiguous_range<Message>) {
        using Each = std::ranges::range_value_t<Message>;
        static_assert(kReceived<Each>, "ring: this actor does not receive messages of type Each");
        const std::span<const Each> all(message);
        return send_all(MessageType<Each>::id, sizeof(Each), std::as_bytes(all), options, timeout);
      }
    }
  }

  /// The next message of that type from the actor. Messages of other types stay for others.
  template <class Reply> Reply receive(std::chrono::microseconds timeout = kActorTimeout) {
    return try_receive<Reply>(timeout).value();
  }
  template <class Reply> Result<Reply> try_receive(std::chrono::microseconds timeout = {}) {
    static_assert(kReplied<Reply>, "ring: this actor never sends messages of type Reply");
    const std::uint32_t type = MessageType<Reply>::id;
    Result<RawMessage> message = try_receive_raw(timeout, {&type, 1});
    if (!message) return message.error();
    return detail::from_bytes<Reply>(message->payload);
  }
  /// The next message of any type.
  auto receive_any(std::chrono::microseconds timeout = kActorTimeout) {
    return try_receive_any(timeout).value();
  }
  auto try_receive_any(std::chrono::microseconds timeout = {}) {
    static_assert(sizeof...(Replied) != 0, "ring: this actor never sends a message to the host");
    using Variant = std::variant<Replied...>;
    Result<RawMessage> message = try_receive_raw(timeout);
    if (!message) return Result<Variant>(message.error());
    auto value = detail::as_variant<Replied...>(*message);
    if (!value) return Result<Variant>(detail::wrong_reply(*message));
    return Result<Variant>(*value);
  }

  /// Sends a message whose answer finds its way to the result, whatever else the actor sends.
  template <class... Reply, class Message>
  Call<Reply...> call(const Message& message, const SendOptions& options = {}) {
    return try_call<Reply...>(message, options).value();
  }
  template <class... Reply, class Message>
  Result<Call<Reply...>> try_call(const Message& message, const SendOptions& options = {}) {
    static_assert(kReceived<Message>, "ring: this actor does not receive messages of type Message");
    static_assert(sizeof...(Reply) != 0, "ring: say what answers: call<Balance>(…)");
    auto state =
        start_call(MessageType<Message>::id, std::as_bytes(std::span(&message, 1)), options);
    if (!state) return state.error();
    return Call<Reply...>(RawCall(std::move(*state)));
  }

private:
  template <class LaunchType> friend class PreparedLaunch;
  explicit ActorHandle(RawActorHandle raw) : RawActorHandle(std::move(raw)) {}

  template <class Message> static constexpr bool kReceived =
      MessageList<Received...>::template has<Message>;
  template <class Reply> static constexpr bool kReplied =
      MessageList<Replied...>::template has<Reply>;
};

/// An actor to launch whose types are known at run time only. What the arguments refer to must live
/// until the launch returns.
struct RawLaunch {
  const ModuleImage* module = nullptr;
  const ActorImage* actor = nullptr;
  LaunchOptions options = {};
  /// The RING_PARAM() fields in the order of declaration.
  std::vector<RawArg> args = {};
};

/// One actor of a launch_group: `ring::Launch{m::A, {.name = "a"}, 5u}`.
template <class ActorType, class... Args> struct Launch {
  using Actor = ActorType;

  template <class... Given>
  explicit Launch(const ActorType& launched, LaunchOptions how = {}, Given&&... given)
      : actor(&launched), options(std::move(how)), args(std::forward<Given>(given)...) {}

  const ActorType* actor;
  LaunchOptions options;
  std::tuple<Args...> args; // references to what was given as a variable, copies of the rest
};
template <class ActorType> Launch(const ActorType&) -> Launch<ActorType>;
template <class ActorType, class... Args> Launch(const ActorType&, LaunchOptions, Args&&...)
    -> Launch<ActorType, Args...>;

/// A launch with its arguments checked and converted. Refers to the Launch that it was made from.
template <class LaunchType> class PreparedLaunch;

template <class... Received, class... Replied, class... Params, class... Args> class PreparedLaunch<
    Launch<Actor<Receives<Received...>, Replies<Replied...>, Params...>, Args...>> {
public:
  using Handle = ActorHandle<Receives<Received...>, Replies<Replied...>>;
  using Launched = Launch<Actor<Receives<Received...>, Replies<Replied...>, Params...>, Args...>;
  static_assert(sizeof...(Args) == sizeof...(Params),
                "ring: the number of arguments is not the number of the actor's parameters");

  PreparedLaunch(Launched& launch) : PreparedLaunch(launch, std::index_sequence_for<Params...>{}) {}

  RawLaunch raw() const {
    return std::apply(
        [this](const auto&... held) {
          return RawLaunch{launch_.actor->module,
                           launch_.actor->actor,
                           launch_.options,
                           {ParamBinding<Params>::raw(held)...}};
        },
        held_);
  }
  /// The first argument that does not fit its parameter's integer type, or as many as there are.
  std::size_t misfit() const { return misfit_; }
  static Handle typed(RawActorHandle raw) { return Handle(std::move(raw)); }

private:
  template <std::size_t... Index> PreparedLaunch(Launched& launch, std::index_sequence<Index...>)
      : launch_(launch), held_(ParamBinding<Params>::hold(std::get<Index>(launch.args))...) {
    ((ParamBinding<Params>::fits(std::get<Index>(launch.args)) ? 0 : (misfit_ = Index)), ...);
    static_assert(
        (CheckArgument<Index, Params, std::tuple_element_t<Index, std::tuple<Args...>>>::value &&
         ...));
  }

  Launched& launch_;
  std::tuple<typename ParamBinding<Params>::Held...> held_;
  std::size_t misfit_ = sizeof...(Params);
};

} // namespace ring
