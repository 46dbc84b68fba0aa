#include "toy_actors.h"

#include "ring/protocol/host.h"

#include <ring/abi/span_view.h>

#include <chrono>
#include <new>
#include <thread>

namespace ring::test::toys {
namespace {

using protocol::words;

struct Counter {
  std::uint32_t value = 7;
  std::uint32_t starts = 0;
};

/// The fields of an actor with one route, or two.
struct Routes {
  Route<Ping> next;
  Route<Ping> out;
};

struct Sink {
  std::uint32_t expected = 0;
  std::uint32_t wrong = 0;
};

/// What the kernels are called with.
struct Launch {
  ring::span<Counter> counters;
  ring::span<Routes> passers;
  ring::span<Routes> sources;
  ring::span<Sink> sinks;
  ring::span<std::uint32_t> data;
};

template <class Message> Message message_at(std::uint32_t at) {
  return detail::load_message<Message>(at);
}

bool handle_echo(Context& context, std::uint32_t at) {
  switch (context.event_) {
  case MessageType<Ping>::id:
    context.reply(Pong{message_at<Ping>(at).value});
    return true;
  case MessageType<Odd>::id: {
    auto odd = message_at<Odd>(at);
    for (std::uint8_t& byte : odd.bytes)
      ++byte;
    context.reply(odd);
    return true;
  }
  default:
    return context.event_ < abi::kFirstMessage;
  }
}

bool handle_counter(Context& context, Counter& state, std::uint32_t at) {
  switch (context.event_) {
  case abi::kStart: {
    state = Counter{};
    state.value = words[at];
    ++state.starts;
    return true;
  }
  case abi::kEnd:
    context.reply(Goodbye{state.value});
    return true;
  case MessageType<Add>::id:
    state.value += message_at<Add>(at).amount;
    return true;
  case MessageType<Ask>::id:
    context.reply(Count{state.value, state.starts});
    return true;
  case MessageType<Stop>::id:
    context.stop();
    return true;
  default:
    return context.event_ < abi::kFirstMessage;
  }
}

bool handle_passer(Context& context, Routes& state, std::uint32_t at) {
  switch (context.event_) {
  case abi::kStart:
    state.next.actor = words[at];
    state.out.actor = words[at + 1];
    return true;
  case MessageType<Ping>::id: {
    const auto ping = message_at<Ping>(at);
    if (state.out.actor == abi::kNobody)
      context.forward(state.next);
    else if (ping.value != 0)
      context.send(state.next, Ping{ping.value - 1});
    else
      context.send(state.out, ping);
    return true;
  }
  default: // it declares Pong and does not know it
    return context.event_ < abi::kFirstMessage;
  }
}

bool handle_doubler(Context& context, ring::span<std::uint32_t> data, std::uint32_t at) {
  if (context.event_ != MessageType<Ping>::id) return context.event_ < abi::kFirstMessage;
  std::uint32_t& element = data[message_at<Ping>(at).value];
  element *= 2;
  context.reply(Pong{element});
  return true;
}

bool handle_sleeper(Context& context, std::uint32_t at) {
  if (context.event_ != MessageType<Ping>::id) return context.event_ < abi::kFirstMessage;
  const auto ping = message_at<Ping>(at);
  std::this_thread::sleep_for(std::chrono::milliseconds(ping.value));
  context.reply(Pong{ping.value});
  return true;
}

bool handle_source(Context& context, Routes& state, std::uint32_t at) {
  switch (context.event_) {
  case abi::kStart:
    state.next.actor = words[at];
    return true;
  case MessageType<Add>::id: {
    const auto add = message_at<Add>(at);
    for (std::uint32_t i = 0; i < add.amount; ++i)
      context.send(state.next, Ping{i});
    return true;
  }
  default:
    return context.event_ < abi::kFirstMessage;
  }
}

bool handle_sink(Context& context, Sink& state, std::uint32_t at) {
  switch (context.event_) {
  case abi::kStart:
    state = Sink{};
    return true;
  case MessageType<Ping>::id: {
    const std::uint32_t number = message_at<Ping>(at).value;
    if (number != state.expected) ++state.wrong;
    state.expected = number + 1;
    return true;
  }
  case MessageType<Ask>::id:
    context.reply(Count{state.expected, state.wrong});
    return true;
  default:
    return context.event_ < abi::kFirstMessage;
  }
}

template <class Handler> void slice(std::uint32_t self, std::uint32_t budget, Handler handler) {
  if (!protocol::begin_slice(self)) return;
  for (std::uint32_t i = 0; i < budget; ++i) {
    Context context = protocol::next(self);
    if (protocol::event_of(context) == 0) break;
    const bool handled = handler(context, protocol::message_of(context));
    protocol::finish(context, handled);
  }
  protocol::end_slice(self);
}

void run(const Launch& launch, std::uint32_t self, std::uint32_t budget) {
  const std::uint32_t state = protocol::state_of(self);
  switch (protocol::type_of(self)) {
  case 0:
    return protocol::supervise(self, budget);
  case 1:
    return slice(self, budget, handle_echo);
  case 2:
    return slice(self, budget, [&](Context& context, std::uint32_t at) {
      return handle_counter(context, launch.counters[state], at);
    });
  case 3:
    return slice(self, budget, [&](Context& context, std::uint32_t at) {
      return handle_passer(context, launch.passers[state], at);
    });
  case 4:
    return slice(self, budget, [&](Context& context, std::uint32_t at) {
      return handle_doubler(context, launch.data, at);
    });
  case 5:
    return slice(self, budget, handle_sleeper);
  case 6:
    return slice(self, budget, [&](Context& context, std::uint32_t at) {
      return handle_source(context, launch.sources[state], at);
    });
  case 7:
    return slice(self, budget, [&](Context& context, std::uint32_t at) {
      return handle_sink(context, launch.sinks[state], at);
    });
  default:
    return;
  }
}

template <class T> ring::span<T> span_of(void* arg) {
  const auto& view = *static_cast<abi::SpanView*>(arg);
  return {reinterpret_cast<T*>(view.data), view.size};
}
std::uint32_t value_of(void* arg) { return *static_cast<std::uint32_t*>(arg); }

constexpr std::uint64_t kHash = 0x1122334455667788;

Launch launch_of(void* const* args) {
  return {span_of<Counter>(args[1]), span_of<Routes>(args[2]), span_of<Routes>(args[3]),
          span_of<Sink>(args[4]), span_of<std::uint32_t>(args[5])};
}

bool agrees(std::uint32_t crew) {
  return protocol::attach(crew, static_cast<std::uint32_t>(kHash),
                          static_cast<std::uint32_t>(kHash >> 32));
}

void bounded_cpu(const abi::CpuBlock* block, void* const* args) {
  const protocol::Attached attached(span_of<std::uint32_t>(args[0]));
  const std::uint32_t crew = value_of(args[6]);
  if (!agrees(crew)) return;
  const Launch launch = launch_of(args);
  const std::uint32_t first = value_of(args[7]);
  const std::uint32_t end = first + value_of(args[8]);
  for (std::uint32_t slot = first + block->block_id[0]; slot < end; slot += block->grid_dim[0])
    if (const std::uint32_t self = protocol::actor_at(crew, slot))
      run(launch, self, value_of(args[9]));
}

void persistent_cpu(const abi::CpuBlock* block, void* const* args) {
  const protocol::Attached attached(span_of<std::uint32_t>(args[0]));
  const std::uint32_t crew = value_of(args[6]);
  if (!agrees(crew)) return;
  const Launch launch = launch_of(args);
  protocol::Round round =
      protocol::begin_rounds(crew, value_of(args[10]), block->block_id[0], block->grid_dim[0]);
  for (;;) {
    round = protocol::advance(round);
    if (protocol::is_over(round)) return;
    if (const std::uint32_t self = protocol::actor_to_run(round))
      run(launch, self, value_of(args[9]));
  }
}

constexpr ParamImage span_param(std::string_view name, std::uint32_t size) {
  return {name, ParamKind::span, SpanAccess::read_write, size, 4, 0};
}
constexpr ParamImage value_param(std::string_view name) {
  return {name, ParamKind::scalar, SpanAccess::none, 4, 4, 0};
}
constexpr ParamImage kParams[] = {span_param("words", 4),
                                  span_param("counter_states", sizeof(Counter)),
                                  span_param("passer_states", sizeof(Routes)),
                                  span_param("source_states", sizeof(Routes)),
                                  span_param("sink_states", sizeof(Sink)),
                                  span_param("doubler_data", 4),
                                  value_param("crew"),
                                  value_param("first"),
                                  value_param("count"),
                                  value_param("budget"),
                                  value_param("lease")};

const KernelImage kKernels[] = {
    {"toys_bounded", {1, 1, 1}, kParams, 0, 0, false, {Target::cpu}, {}, {}, bounded_cpu},
    {"toys_persistent", {1, 1, 1}, kParams, 0, 0, false, {Target::cpu}, {}, {}, persistent_cpu},
};

template <class Message> constexpr MessageImage image(std::string_view name) {
  return {name, MessageType<Message>::id, sizeof(Message), alignof(Message)};
}
constexpr MessageImage kPingPong[] = {image<Ping>("Ping"), image<Pong>("Pong")};
constexpr MessageImage kPing[] = {image<Ping>("Ping")};
constexpr MessageImage kPong[] = {image<Pong>("Pong")};
constexpr MessageImage kPingOdd[] = {image<Ping>("Ping"), image<Odd>("Odd")};
constexpr MessageImage kPongOdd[] = {image<Pong>("Pong"), image<Odd>("Odd")};
constexpr MessageImage kCounterIn[] = {image<Add>("Add"), image<Ask>("Ask"), image<Stop>("Stop")};
constexpr MessageImage kCounterOut[] = {image<Count>("Count"), image<Goodbye>("Goodbye")};
constexpr MessageImage kAdd[] = {image<Add>("Add")};
constexpr MessageImage kPingAsk[] = {image<Ping>("Ping"), image<Ask>("Ask")};
constexpr MessageImage kPongCount[] = {image<Pong>("Pong"), image<Count>("Count")};

constexpr ArgumentImage kFirst[] = {
    {"first", ArgumentKind::value, SpanAccess::none, 0, 4, 4, -1, {}}};
constexpr ArgumentImage kNextOut[] = {
    {"next", ArgumentKind::route, SpanAccess::none, 0, 4, 4, -1, kPing},
    {"out", ArgumentKind::route, SpanAccess::none, 4, 4, 4, -1, kPing}};
constexpr ArgumentImage kNext[] = {
    {"next", ArgumentKind::route, SpanAccess::none, 0, 4, 4, -1, kPing}};
constexpr ArgumentImage kData[] = {
    {"data", ArgumentKind::span, SpanAccess::read_write, 0, 4, 4, 5, {}}};

constexpr auto kSerial = ActorScope::serial;
const ActorImage kActors[] = {
    {"echo", "toys::echo", 1, kSerial, 16, 0, 1, -1, 0, kPingOdd, kPongOdd, {}},
    {"counter", "toys::Counter", 2, kSerial, 64, sizeof(Counter), 4, 1, 4, kCounterIn, kCounterOut,
     kFirst},
    {"passer", "toys::Passer", 3, kSerial, 4, sizeof(Routes), 4, 2, 8, kPingPong, {}, kNextOut},
    {"doubler", "toys::Doubler", 4, kSerial, 16, 0, 1, -1, 0, kPing, kPong, kData},
    {"sleeper", "toys::sleeper", 5, kSerial, 4, 0, 1, -1, 0, kPing, kPong, {}},
    {"source", "toys::Source", 6, kSerial, 4, sizeof(Routes), 4, 3, 4, kAdd, {}, kNext},
    {"sink", "toys::Sink", 7, kSerial, 4, sizeof(Sink), 4, 4, 0, kPingAsk, kPongCount, {}},
};

ModuleImage image_of(std::span<const KernelImage> kernels, std::uint64_t hash) {
  ModuleImage image;
  image.name = "toys";
  image.source_file = "toys.cpp";
  image.kernels = kernels;
  image.actors = kActors;
  image.layout_hash = hash;
  return image;
}

} // namespace

const ModuleImage module = image_of(kKernels, kHash);
const ModuleImage stale = image_of(kKernels, kHash + 1);
const ModuleImage bounded = image_of(std::span(kKernels).first(1), kHash);

const Actor<Receives<Ping, Odd>, Replies<Pong, Odd>> echo{&module, &kActors[0]};
const Actor<Receives<Add, Ask, Stop>, Replies<Count, Goodbye>, std::uint32_t> counter{&module,
                                                                                      &kActors[1]};
const Actor<Receives<Ping, Pong>, Replies<Ping>> passer{&module, &kActors[2]};
const Actor<Receives<Ping>, Replies<Pong>, span<std::uint32_t>> doubler{&module, &kActors[3]};
const Actor<Receives<Ping>, Replies<Pong>> sleeper{&module, &kActors[4]};
const Actor<Receives<Add>, Replies<Ping>> source{&module, &kActors[5]};
const Actor<Receives<Ping, Ask>, Replies<Pong, Count>> sink{&module, &kActors[6]};
const Actor<Receives<Ping, Odd>, Replies<Pong, Odd>> stale_echo{&stale, &kActors[0]};
const Actor<Receives<Ping, Odd>, Replies<Pong, Odd>> bounded_echo{&bounded, &kActors[0]};

} // namespace ring::test::toys
