// How an actor is launched, and how a message is sent.
//
//   rt.launch(m::Filter, {.name = "a", .mailbox = 16, .routes = {{"next", "b"}}}, 5u);
#pragma once

#include <ring/abi/actor_block.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ring {

/// Who runs an actor. persistent: a kernel that loops until it is told to stop. bounded: a kernel
/// that returns after a budget of events and is run again while there is work. automatic:
/// persistent where the device is made for it.
enum class Schedule : std::uint8_t { automatic, persistent, bounded };
std::string_view name_of(Schedule schedule);

/// What happens to a message for a mailbox that is full: wait, reject, dead_letter.
using Overflow = abi::Overflow;
std::string_view name_of(Overflow overflow);

/// Of a message: low, normal, high, critical.
using Priority = abi::Priority;
std::string_view name_of(Priority priority);

/// The name of a ring::Route field, and the name of the actor (or "host") that it leads to.
struct RouteBinding {
  std::string field;
  std::string target;
};

struct LaunchOptions {
  /// By default the actor's. With `instances` > 1 the actors are called `name[0]`, `name[1]`, …
  std::string name = {};
  std::uint32_t instances = 1;
  Schedule schedule = Schedule::automatic;
  /// Messages; rounded up to a power of two. By default: the mailbox as the actor declares it, as
  /// many for the replies to the host, and 64 for what it sent and nobody took yet (of a parallel
  /// actor twice its lanes, if that is more).
  std::optional<std::uint32_t> mailbox = {};
  std::optional<std::uint32_t> replies = {};
  std::optional<std::uint32_t> outbox = {};
  Overflow overflow = Overflow::wait;
  bool activate = true;
  /// Events that an actor handles before others have their turn.
  std::uint32_t budget = 64;
  /// A route that is not bound leads nowhere: what is sent along it becomes a dead letter.
  std::vector<RouteBinding> routes = {};
  /// How far a sender's clock may be ahead.
  std::chrono::milliseconds max_drift = std::chrono::seconds(60);
};

struct SendOptions {
  /// From now on. A message that is taken out later becomes a dead letter.
  std::optional<std::chrono::microseconds> deadline = {};
  /// Sends a CRC-32C along, which the receiver checks.
  bool checked = false;
  /// Higher ones are handled first. Only actors that are declared with `.priorities = true` take
  /// another than normal.
  Priority priority = Priority::normal;
};

/// How terminate() treats what is queued.
enum class Terminate : std::uint8_t { drain, dead_letter };

/// The default end of a wait.
inline constexpr std::chrono::microseconds kActorTimeout = std::chrono::seconds(60);

} // namespace ring
