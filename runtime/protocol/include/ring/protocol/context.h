// What a handler sees of the message that it handles and of the actor that it belongs to.
//
//   void receive(ring::Context& context, const Deposit& m) { context.reply(Balance{m.account, 0});
//   }
#pragma once

#include "ring/detail/ids.h"
#include "ring/detail/message.h"
#include "ring/protocol/send.h"
#include "ring/protocol/undelivered.h"

namespace ring {

/// A way to another actor, or to the host by the name "host", bound at launch. `send` takes only
/// the messages that it names.
template <class... Messages> struct Route {
  std::uint32_t actor = abi::kNobody; // an address, or abi::kHost
};

/// Of a message: low, normal, high, critical. A value above the last counts as critical.
using Priority = abi::Priority;

/// What is known of a message beside its payload.
struct MessageHeader {
  std::uint32_t type;        // the id of its type
  std::uint32_t bytes;       // of the payload
  std::uint32_t source;      // the sender's address; 0: the host
  std::uint32_t correlation; // 0: nobody waits for just this answer
  std::uint32_t hops;        // how often it was passed on
  Timestamp stamp;           // of the sender
  std::uint64_t deadline;    // µs since the epoch; 0: none
  Priority priority;         // as it was sent, whether this actor has priorities or not
};

/// Lives as long as the handler runs. In a warp or block actor all lanes have it, and send
/// together: once, what lane 0 says, from control flow that is the same for all. In a parallel
/// actor each lane has its own, and sends up to abi::kLaneSends messages for each that it handles.
class Context {
public:
  /// Answers the message to whoever sent it, the host or an actor; never waits.
  template <class Message> RING_DETAIL_COLLECTIVE void reply(const Message& message) {
    const std::uint32_t destination =
        slot_ != 0 ? protocol::words[slot_ + abi::kSource] : abi::kHost;
    const std::uint32_t correlation = slot_ != 0 ? protocol::words[slot_ + abi::kCorrelation] : 0;
    const std::uint32_t slot =
        protocol::open(self_, {self_, destination, detail::message_type<Message>(), sizeof(Message),
                               correlation, protocol::kept_flags(slot_)});
    if (slot == 0) return;
    detail::store_message(slot + abi::kPayload, message);
    protocol::publish(self_, slot);
  }

  /// Sends a new message along a route; never waits. Order between two actors is kept, within a
  /// priority if the receiver has `.priorities = true`; another takes no notice of it. A reply is a
  /// normal message, and one that is passed on keeps its priority.
  template <class... Messages, class Message>
    requires(detail::kSame<Messages, Message> || ...)
  RING_DETAIL_COLLECTIVE void send(const Route<Messages...>& route, const Message& message,
                                   Priority priority = Priority::normal) {
    const std::uint32_t slot =
        protocol::open(self_, {self_, route.actor, detail::message_type<Message>(), sizeof(Message),
                               0, protocol::kept_flags(slot_) | protocol::flags_of(priority)});
    if (slot == 0) return;
    detail::store_message(slot + abi::kPayload, message);
    protocol::publish(self_, slot);
  }

  /// Passes the message on unopened; its answer goes to who sent it first. After abi::kMaxHops it
  /// is a dead letter.
  template <class... Messages>
  RING_DETAIL_COLLECTIVE void forward(const Route<Messages...>& route) {
    if (slot_ == 0) return;
    const std::uint32_t hops = protocol::words[slot_ + abi::kFlags] & abi::kHopMask;
    const std::uint32_t copy =
        protocol::open(self_, protocol::copy_of(slot_, route.actor, hops + (1U << abi::kHopShift)));
    if (copy == 0) return;
    protocol::fill_copy(slot_, copy);
    protocol::publish(self_, copy);
  }

  /// This actor's address; the same in every message that it sends.
  std::uint32_t self() const { return self_; }
  /// The address of who sent the message; 0 is the host.
  std::uint32_t sender() const {
    return slot_ != 0 ? protocol::words[slot_ + abi::kSource] : std::uint32_t{abi::kHost};
  }
  /// Zeros outside of a message.
  MessageHeader header() const {
    if (slot_ == 0) return MessageHeader{};
    using protocol::words;
    MessageHeader header{};
    header.type = words[slot_ + abi::kMessageType];
    header.bytes = words[slot_ + abi::kBytes];
    header.source = words[slot_ + abi::kSource];
    header.correlation = words[slot_ + abi::kCorrelation];
    header.hops = (words[slot_ + abi::kFlags] & abi::kHopMask) >> abi::kHopShift;
    header.stamp.physical =
        protocol::wide(words[slot_ + abi::kPhysicalLow], words[slot_ + abi::kPhysicalHigh]);
    header.stamp.logical = words[slot_ + abi::kLogical];
    header.stamp.node = words[slot_ + abi::kNode];
    header.deadline =
        protocol::wide(words[slot_ + abi::kDeadlineLow], words[slot_ + abi::kDeadlineHigh]);
    header.priority = protocol::priority_of(words[slot_ + abi::kFlags]);
    return header;
  }

  /// The actor's clock, as it is.
  Timestamp now() const {
    Timestamp now{};
    now.physical = protocol::clock_physical(self_);
    now.logical = protocol::words[self_ + abi::kClockLogical];
    now.node = self_;
    return now;
  }
  /// The clock after one more event; a barrier for the lanes of a group. The lanes of a parallel
  /// actor, which have one clock, cannot.
  Timestamp tick() {
    if (protocol::leads()) protocol::tick(self_, protocol::wall_clock());
    sync();
    const Timestamp time = now();
    sync();
    return time;
  }

  /// Ends the actor after this message; what is queued becomes dead letters.
  void stop() { protocol::tell(self_ + abi::kStopping, abi::kHandlerStops); }

  /// The lane within the actor's group, and how many there are; 0 and 1 in a serial actor.
  std::uint32_t thread_id() const { return protocol::lane(); }
  std::uint32_t block_dim() const { return protocol::lanes(); }
  /// Waits for the lanes of the group, and orders their memory. Must be reached by all of them.
  void sync() { protocol::join_lanes(); }

  // Of the protocol.
  std::uint32_t self_;
  std::uint32_t slot_; // of the message; 0 for the other events
  std::uint32_t event_;
};

namespace protocol {

inline Context make_context(std::uint32_t self, std::uint32_t slot, std::uint32_t event) {
  Context context{};
  context.self_ = self;
  context.slot_ = slot;
  context.event_ = event;
  return context;
}

} // namespace protocol
} // namespace ring
