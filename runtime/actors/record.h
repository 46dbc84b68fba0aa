// What the host knows of one actor. Handles share it; it goes with the last of them, or, while the
// actor lives, with the Runtime.
#pragma once

#include "actors/crew.h"

#include <ring/actor.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace ring::runtime {

class ActorSystem;

/// Actors that know each other's addresses, by routes. Their memory is given back together, when
/// none of them can write to another any more.
class Neighbours {
public:
  struct Member {
    std::shared_ptr<Crew> crew;
    Seat seat;
    std::uint32_t at = 0; // of its rings and arguments
    std::uint64_t count = 0;
  };

  explicit Neighbours(std::shared_ptr<Arena> arena) : arena_(std::move(arena)) {}
  ~Neighbours();
  Neighbours(const Neighbours&) = delete;
  Neighbours& operator=(const Neighbours&) = delete;

  /// One caller at a time, for both.
  void add(Member member);
  static void join(const std::shared_ptr<Neighbours>& a, const std::shared_ptr<Neighbours>& b);

private:
  static Neighbours* root(Neighbours* of);

  std::shared_ptr<Arena> arena_;
  std::shared_ptr<Neighbours> parent_; // has taken over the members
  std::vector<Member> members_;
};

/// A u32 of the device that wraps, widened by whoever looks often enough.
class WideCounter {
public:
  std::uint64_t widen(std::uint32_t now) {
    value_ += static_cast<std::uint32_t>(now - static_cast<std::uint32_t>(value_));
    return value_;
  }

private:
  std::uint64_t value_ = 0;
};

struct ActorRecord {
  ActorRecord(std::shared_ptr<ActorSystem> owner, const ModuleImage& image,
              const ActorImage& actor_image, std::string given_name)
      : system(std::move(owner)), module(image), actor(actor_image), name(std::move(given_name)) {}

  const std::shared_ptr<ActorSystem> system;
  const ModuleImage& module;
  const ActorImage& actor;
  const std::string name;

  // Set by the launch, then constant.
  std::shared_ptr<Crew> crew;
  std::shared_ptr<Neighbours> neighbours;
  Seat seat;
  std::uint32_t payload_words = 0; // that a slot of the mailbox holds
  std::uint32_t arguments = 0;     // address
  Overflow overflow = Overflow::wait;
  std::vector<std::weak_ptr<ActorRecord>> targets; // of its routes

  std::uint32_t address() const { return seat.address; }

  std::mutex command_mutex;
  std::uint32_t commands = 0; // guarded by command_mutex; that were given to the supervisor

  std::mutex inbox_mutex;
  // Guarded by inbox_mutex:
  std::uint32_t replies_head = 0;                  // next position of the ring to the host
  std::unique_ptr<std::deque<RawMessage>> letters; // came while another type was waited for
  std::unique_ptr<std::deque<DeadLetter>> dead;
  std::uint64_t host_dead = 0; // of `dead`, that never reached the device
  std::uint64_t late = 0;
  struct Wide {
    WideCounter enqueued, dequeued, replied, received, processed, sent, dead, dropped, rejected;
  } wide;
};

/// Of its mailbox.
inline std::uint32_t rings_of(const ActorImage& actor) {
  return actor.priorities ? abi::kPriorities : 1;
}

/// `actor 'ledger': ` before what happened.
std::string actor_prefix(const ActorRecord& record);

} // namespace ring::runtime
