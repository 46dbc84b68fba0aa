// An arena as a host would lay it out, made by hand: a crew with its supervisor, actors, and what
// was sent to them before the first slice.
//
//   ArenaBuilder arena;
//   const auto sink = arena.actor({.type = 1});
//   arena.send(sink, Number{0, 1});
#pragma once

#include <ring/kernel.h>
#include <ring/protocol/host.h>

#include <cstring>
#include <vector>

namespace ring::exec {

struct ActorSpec {
  std::uint32_t type = 1;  // in the order of the module
  std::uint32_t state = 0; // index into the states of its type
  std::uint32_t mailbox = 16;
  std::uint32_t replies = 64;
  std::uint32_t outbox = 16;
  std::uint32_t payload_words = 32; // of the largest message
  abi::Overflow overflow = abi::Overflow::wait;
  std::uint32_t traits = 0;                  // abi::ActorTrait bits
  std::vector<std::uint32_t> arguments = {}; // words
  std::uint32_t lanes = 0;                   // of a parallel actor
  bool starts = true;                        // created and activated by the first slices
};

/// A message that came back, in the order of the ring.
struct Reply {
  std::uint32_t type;
  std::uint32_t flags;
  std::uint32_t correlation;
  std::vector<std::uint32_t> payload;

  template <class Message> Message as() const {
    Message message;
    std::memcpy(&message, payload.data(), sizeof(Message));
    return message;
  }
  bool operator==(const Reply&) const = default;
};

class ArenaBuilder {
public:
  static constexpr std::uint64_t kWall = 1'700'000'000'000'000; // µs since the epoch
  static constexpr std::uint32_t kSlots = 32;

  ArenaBuilder();

  std::uint32_t crew() const { return crew_; }
  /// Its address.
  std::uint32_t actor(const ActorSpec& spec);
  template <class Message> void send(std::uint32_t actor, const Message& message,
                                     std::uint32_t correlation = 0,
                                     ring::Priority priority = ring::Priority::normal) {
    const std::uint32_t slot =
        open(actor, ring::MessageType<Message>::id, sizeof(Message), correlation, priority);
    const protocol::Attached attached(words_);
    ring::detail::store_message(slot + abi::kPayload, message);
    protocol::publish_slot(slot);
    protocol::notify(actor);
  }
  void command(std::uint32_t actor, abi::Command command);
  /// Of an argument that is a route.
  void route(std::uint32_t actor, std::uint32_t argument_word, std::uint32_t to);

  std::vector<std::uint32_t>& words() { return words_; }

private:
  std::uint32_t allocate(std::uint32_t count);
  void ring(std::uint32_t actor, std::uint32_t which, std::uint32_t capacity,
            std::uint32_t slot_words, std::uint32_t rings = 1);
  std::uint32_t open(std::uint32_t actor, std::uint32_t type, std::uint32_t bytes,
                     std::uint32_t correlation, ring::Priority priority = ring::Priority::normal);

  std::vector<std::uint32_t> words_;
  std::uint32_t crew_ = 0;
  std::uint32_t slots_ = 0; // that are taken
  std::uint32_t supervisor_ = 0;
};

/// What an actor has sent to its host.
std::vector<Reply> replies_of(std::vector<std::uint32_t> words, std::uint32_t actor);

} // namespace ring::exec
