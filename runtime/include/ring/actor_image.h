// An actor of a compiled module as plain data: what it receives and replies, and what a launch
// gives it. ringcc prints these into NAME.embed.cpp; ModuleImage::actors lists them.
//
// All actors of a module run in its two kernels `<module>_bounded` and `<module>_persistent`.
#pragma once

#include <ring/span_access.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace ring {

struct MessageImage {
  std::string_view name = {}; // as C++ spells it: "bank::Deposit"
  std::uint32_t id = 0;       // in the envelope's message_type; never 0..15, which are events
  std::uint32_t size = 0;     // bytes; the payload is (size + 3) / 4 words
  std::uint32_t align = 1;    // bytes
};

enum class ArgumentKind : std::uint8_t { value, span, route };

/// One field that a launch fills in: RING_PARAM() (value, span) or ring::Route (route).
///
///   arguments area   word 0        1        2        …
///                    ├ f64 value ─────────┤├ route ┤     spans are kernel parameters instead
struct ArgumentImage {
  std::string_view name = {}; // the field's
  ArgumentKind kind = ArgumentKind::value;
  SpanAccess access = SpanAccess::none; // spans
  /// value, route: bytes from the start of the arguments area to it, a multiple of 4. A route is
  /// one word there: the word in the arena of the target's control block, 0 for nobody.
  std::uint32_t offset = 0;
  std::uint32_t size = 0;  // bytes: of the value, of one element of a span, 4 for a route
  std::uint32_t align = 1; // bytes, likewise
  /// span: which parameter of the kernels it is, in KernelImage::params; else -1.
  std::int32_t param = -1;
  std::span<const MessageImage> messages = {}; // route: what may be sent along it
};

/// Who handles one message; the values of ring::Scope.
enum class ActorScope : std::uint8_t { serial, warp, block, parallel };

struct ActorImage {
  std::string_view name = {};     // the default of LaunchOptions::name: "ledger"
  std::string_view cpp_name = {}; // of its class or function: "bank::Ledger"
  std::uint32_t type = 0;         // 1 for the module's first actor; type 0 is the supervisor
  ActorScope scope = ActorScope::serial;
  std::uint32_t mailbox = 0;     // messages, as declared; the runtime rounds up to a power of two
  std::uint32_t state_size = 0;  // bytes of one actor; 0: no state
  std::uint32_t state_align = 1; // bytes
  /// Which parameter of the kernels is the span of the states, in KernelImage::params; -1 without
  /// state. An actor's state is one element of it.
  std::int32_t states_param = -1;
  std::uint32_t arguments_size = 0;              // bytes of the arguments area, a multiple of 4
  std::span<const MessageImage> receives = {};   // in order of declaration
  std::span<const MessageImage> replies = {};    // likewise
  std::span<const ArgumentImage> arguments = {}; // likewise
  std::uint32_t lanes = 1;                       // of the block that runs it
  bool priorities = false;                       // it has a mailbox for each priority

  /// The message of that id which it receives, or null.
  constexpr const MessageImage* find_received(std::uint32_t id) const {
    for (const MessageImage& message : receives)
      if (message.id == id) return &message;
    return nullptr;
  }
};

} // namespace ring
